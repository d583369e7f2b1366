// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;

/** kevent's events of Flight Recorder. None is made unless a recording has enabled it. */
final class RecordedEvents {
    private static final EventType SELECT = EventType.getEventType(SelectEvent.class);
    private static final EventType WAKEUP = EventType.getEventType(WakeupEvent.class);

    private RecordedEvents() { }

    static void register() {
        FlightRecorder.register(SpinEvent.class);
        FlightRecorder.addPeriodicEvent(SelectorStatisticsEvent.class, RecordedEvents::statistics);
    }

    private static void statistics() {
        for (SelectorFigures figures : SelectorRegistry.snapshot()) {
            new SelectorStatisticsEvent(figures).commit();
        }
    }

    /** Returns an event to be ended, or null if nobody wants one. */
    static SelectEvent beginSelect() {
        if (!SELECT.isEnabled()) {
            return null;
        }
        SelectEvent event = new SelectEvent();
        event.begin();
        return event;
    }

    static void endSelect(SelectEvent event, long selector, int selected) {
        event.selector = selector;
        event.selected = selected;
        event.commit();
    }

    static void wakeup(long selector) {
        if (WAKEUP.isEnabled()) {
            WakeupEvent event = new WakeupEvent();
            event.selector = selector;
            event.commit();
        }
    }

    static void spin(long selector, int run, String cause) {
        SpinEvent event = new SpinEvent();
        event.selector = selector;
        event.run = run;
        event.cause = cause;
        event.commit();
    }
}
