// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.util.stream.Collectors;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Timespan;

/** The figures of one selector, flattened: an event has no lists. */
@Name("io.kevent.SelectorStatistics")
@Label("Selector Statistics")
@Description("What an open selector has done since it was opened, and what it is doing")
@Period("10 s")
final class SelectorStatisticsEvent extends KeventEvent {
    @Label("Kind")
    final String kind;

    @Label("Age")
    @Timespan(Timespan.MILLISECONDS)
    final long age;

    @Label("Keys")
    final int keyCount;

    @Label("Keys by Kind")
    final String keys;

    @Label("Selects")
    final long selects;

    @Label("Events")
    final long events;

    @Label("Events per Select")
    final double eventsPerSelect;

    @Label("Wake-ups Asked For")
    final long wakeupsAsked;

    @Label("Wake-ups That Entered the Kernel")
    final long wakeupsEntered;

    @Label("Changes Asked For")
    final long changesAsked;

    @Label("Changes Made in the Kernel")
    final long changesMade;

    @Label("Waits")
    final long waits;

    @Label("Polls")
    final long polls;

    @Label("Probes")
    final long probes;

    @Label("Yields")
    final long yields;

    @Label("Time Waited")
    @Timespan(Timespan.NANOSECONDS)
    final long waited;

    @Label("Spins")
    final long spins;

    @Label("Present Run of Vain Selects")
    final int spinRun;

    @Label("Cause of the Last Spin")
    final String spinCause;

    @Label("Selecting Thread")
    final String selectingThread;

    @Label("Selecting")
    @Description("Whether the thread is inside a select")
    final boolean selecting;

    @Label("Stack of the Selecting Thread")
    final String selectingStack;

    SelectorStatisticsEvent(SelectorFigures figures) {
        selector = figures.id();
        kind = figures.kind();
        age = figures.ageMillis();
        keyCount = figures.keyCount();
        keys = figures.keys().stream().map(alike -> alike.count() + " " + alike.channel() + " " + alike.interest()).collect(Collectors.joining(", "));
        SelectorCounts counts = figures.counts();
        selects = counts.selects();
        events = counts.events();
        eventsPerSelect = counts.eventsPerSelect();
        wakeupsAsked = counts.wakeupsAsked();
        wakeupsEntered = counts.wakeupsEntered();
        changesAsked = counts.changesAsked();
        changesMade = counts.changesMade();
        waits = counts.waits();
        polls = counts.polls();
        probes = counts.probes();
        yields = counts.yields();
        waited = counts.waitedNanos();
        spins = figures.spin().count();
        spinRun = figures.spin().run();
        spinCause = figures.spin().cause();
        ThreadFigures thread = figures.thread();
        selectingThread = thread == null ? null : thread.name();
        selecting = thread != null && thread.selecting();
        selectingStack = thread == null ? null : String.join("\n", thread.stack());
    }
}
