// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

/**
 * Knows whether Flight Recorder is in use. As long as it is not, a select pays one look at {@link #isOn()}, and {@link RecordedEvents} and the events are
 * not even loaded. Where the JVM has no {@code jdk.jfr} it stays so.
 */
final class Recorder {
    private static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private static volatile boolean on;

    /** Null until it could be started; written under this class's monitor. */
    private static volatile Thread listener;

    private Recorder() { }

    /**
     * Begins to listen for recordings, the first time that it is called.
     *
     * @return the thread that does so, and ends when it is done; null if there is nothing to listen to, or no thread to be had: the next call tries again
     */
    static Thread start() {
        return PRESENT && listener == null ? listen() : listener;
    }

    /** A thread of its own: to begin to listen takes 14 ms on a JDK 17 that records nothing, and no application should wait for it. */
    private static synchronized Thread listen() {
        if (listener == null) {
            Thread thread = new Thread(null, () -> RecordingListener.listen(() -> on = true), "kevent-recorder", 0, false);
            try {
                thread.setDaemon(true);
                thread.setContextClassLoader(null);
                thread.start();
                listener = thread;
            } catch (OutOfMemoryError | SecurityException e) {
                // there may be no more threads to be had, or none for who opens this selector, which is worth more than what could be recorded of it
                return null;
            }
        }
        return listener;
    }

    /** Whether somebody records or did so once: events may be wanted. */
    static boolean isOn() {
        return on;
    }
}
