// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/** Told by the JDK when Flight Recorder is used for the first time, or at once if it is in use. */
final class RecordingListener implements FlightRecorderListener {
    private final Runnable whenRegistered;

    private RecordingListener(Runnable whenRegistered) {
        this.whenRegistered = whenRegistered;
    }

    static void listen(Runnable whenRegistered) {
        if (FlightRecorder.isAvailable()) {
            FlightRecorder.addListener(new RecordingListener(whenRegistered));
        }
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
        RecordedEvents.register();
        whenRegistered.run();
    }
}
