// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RecordedEventsTest {
    @TempDir
    private Path directory;
    private WatchedSelector watched;

    @BeforeEach
    void open() throws Exception {
        watched = new WatchedSelector();
        Recorder.start().join();
    }

    @AfterEach
    void close() throws IOException {
        watched.close();
    }

    private List<RecordedEvent> stop(Recording recording) throws IOException {
        recording.stop();
        Path file = directory.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream().filter(event -> event.getEventType().getName().startsWith("io.kevent."))
                .filter(event -> event.getLong("selector") == watched.figures().id()).collect(Collectors.toList());
    }

    private void work() throws IOException {
        watched.write();
        assertEquals(1, watched.selector.select());
        watched.selector.wakeup();
        assertEquals(0, watched.selector.select());
    }

    @Test
    void recordingThatDoesNotEnableThemHasNone() throws IOException {
        try (Recording recording = new Recording()) {
            recording.start();
            work();
            assertEquals(List.of(), stop(recording));
        }
    }

    @Test
    void selectIsRecordedWithWhatItReturned() throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable("io.kevent.Select");
            recording.start();
            work();
            List<RecordedEvent> events = stop(recording);
            assertEquals(List.of(1, 0), events.stream().map(event -> event.getInt("selected")).collect(Collectors.toList()));
            assertEquals(Thread.currentThread().getName(), events.get(0).getThread().getJavaName());
            assertFalse(events.get(0).getDuration().isNegative());
            assertNull(events.get(0).getStackTrace());
        }
    }

    @Test
    void wakeupIsRecorded() throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable("io.kevent.Wakeup");
            recording.start();
            work();
            List<RecordedEvent> events = stop(recording);
            assertEquals(1, events.size());
            assertEquals(Thread.currentThread().getName(), events.get(0).getThread().getJavaName());
        }
    }

    @Test
    void statisticsAreRecordedOfASelectorThatNobodySelects() throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable("io.kevent.SelectorStatistics").with("period", "endChunk");
            work();
            recording.start();
            List<RecordedEvent> events = stop(recording);
            assertEquals(1, events.size());
            RecordedEvent event = events.get(0);
            assertEquals("kevent", event.getString("kind"));
            assertEquals(2, event.getLong("selects"));
            assertEquals(1, event.getLong("events"));
            assertEquals(0.5, event.getDouble("eventsPerSelect"));
            assertEquals(1, event.getLong("wakeupsAsked"));
            assertEquals(1, event.getLong("changesMade"));
            assertEquals("1 pipe OP_READ", event.getString("keys"));
            assertEquals(Thread.currentThread().getName(), event.getString("selectingThread"));
            assertTrue(event.getString("selectingStack").contains("RecordedEventsTest"));
        }
    }

    @Test
    void spinIsRecorded() throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable("io.kevent.Spin");
            recording.start();
            watched.write();
            assertEquals(1, watched.selector.select());
            for (int i = 0; i < 20 * SpinCause.KEPT_SELECTED.run && watched.figures().spin().count() == 0; i++) {
                assertEquals(0, watched.selector.select());
            }
            List<RecordedEvent> events = stop(recording);
            assertEquals(1, events.size());
            assertEquals(SpinCause.KEPT_SELECTED.run, events.get(0).getInt("run"));
            assertEquals(watched.figures().spin().cause(), events.get(0).getString("cause"));
            assertFalse(events.get(0).getStackTrace().getFrames().isEmpty());
        }
    }

    @Test
    void recordingThatDoesNotEnableThemAllocatesNothing() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 20_000;
        long least = Long.MAX_VALUE;
        try (Recording recording = new Recording()) {
            recording.start();
            assertTrue(Recorder.isOn());
            // the first attempts are warm-up; what allocates by design does so in all of them
            for (int attempt = 0; attempt < 10 && least > rounds / 10; attempt++) {
                long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                for (int i = 0; i < rounds; i++) {
                    watched.selector.wakeup().selectNow();
                }
                least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
            }
        }
        assertTrue(least <= rounds / 10, least + " bytes in " + rounds + " rounds");
    }

    @Test
    void allEventsAreOfOneCategoryAndOffByDefault() {
        List<EventType> types = FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .filter(type -> type.getName().startsWith("io.kevent.")).collect(Collectors.toList());
        assertEquals(List.of("io.kevent.Select", "io.kevent.SelectorStatistics", "io.kevent.Spin", "io.kevent.Wakeup"),
                types.stream().map(EventType::getName).sorted().collect(Collectors.toList()));
        for (EventType type : types) {
            assertEquals(List.of("kevent"), type.getCategoryNames());
            assertEquals("false", type.getSettingDescriptors().stream().filter(setting -> setting.getName().equals("enabled")).findFirst().orElseThrow()
                    .getDefaultValue());
        }
    }
}
