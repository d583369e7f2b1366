// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

/**
 * Knows whether Flight Recorder is in use. As long as it is not, a select pays one look at {@link #isOn()}, and {@link RecordedEvents} and the events are
 * not even loaded. Where the JVM has no {@code jdk.jfr} it stays so.
 */
final class Recorder {
    private static volatile boolean on;

    private Recorder() { }

    private static final class Listener {
        static final Thread THREAD = ModuleLayer.boot().findModule("jdk.jfr").isPresent() ? listen() : null;

        /** A thread of its own: to begin to listen takes 14 ms on a JDK 17 that records nothing, and no application should wait for it. */
        private static Thread listen() {
            Thread thread = new Thread(null, () -> RecordingListener.listen(() -> on = true), "kevent-recorder", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
            return thread;
        }
    }

    /**
     * Begins to listen for recordings, the first time that it is called.
     *
     * @return the thread that does so, and ends when it is done; null if there is nothing to listen to
     */
    static Thread start() {
        return Listener.THREAD;
    }

    /** Whether somebody records or did so once: events may be wanted. */
    static boolean isOn() {
        return on;
    }
}
