// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import io.kevent.provider.core.Collector;
import io.kevent.provider.core.Counter;
import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteTable;
import io.kevent.provider.core.Tally;
import io.kevent.provider.core.Wakeup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/**
 * Watches one selector for the {@link SelectorRegistry}, which opens it. The selector tells what it does: {@link #begin}, then perhaps {@link #found},
 * {@link #foundInVain} and {@link #turnedInVain}, then {@link #end}, all with the selector's lock held, and {@link #tell} without it. Costs a select a few
 * plain writes.
 */
public final class SelectorWatch {
    private static final VarHandle SELECTING;
    private static final VarHandle THREAD;

    static {
        try {
            SELECTING = MethodHandles.lookup().findVarHandle(SelectorWatch.class, "selecting", boolean.class);
            THREAD = MethodHandles.lookup().findVarHandle(SelectorWatch.class, "thread", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long id;
    private final String kind;
    private final Selector selector;
    private final KnoteTable table;
    private final Tally tally;
    private final Wakeup wakeup;
    private final long openedMillis = System.currentTimeMillis();
    private final long openedNanos = System.nanoTime();

    // ---- written by the selecting thread, read by any

    /** Who selects or did so last. Written only when that changes. */
    private volatile Thread thread;
    private boolean selecting;
    private final Counter spins = new Counter();

    /** Null until a spin was noticed. */
    private volatile String spinCause;

    // ---- any thread

    private final SpinLog log = new SpinLog();

    // ---- the selecting thread

    private final SpinDetector spin = new SpinDetector();
    private final SpinDetector turns = new SpinDetector();
    private final EndOfStreamSpin ends;
    private boolean mayWait;
    private boolean woken;
    private long waitsBefore;
    private SelectEvent event;

    /** Why the select under way comes to nothing; null if it does not. */
    private SpinCause cause;
    private Knote found;
    private int foundEvents;

    SelectorWatch(long id, String kind, Selector selector, Collector collector, KnoteTable table) {
        this.id = id;
        this.kind = kind;
        this.selector = selector;
        this.tally = collector.tally();
        this.wakeup = collector.wakeup();
        this.table = table;
        this.ends = new EndOfStreamSpin(table);
    }

    long id() {
        return id;
    }

    String kind() {
        return kind;
    }

    /**
     * A select begins.
     *
     * @param wait whether it may wait
     */
    public void begin(boolean wait) {
        Thread current = Thread.currentThread();
        if (thread != current) {
            thread = current;
        }
        SELECTING.setOpaque(this, true);
        mayWait = wait;
        waitsBefore = tally.waits.get();
        if (Recorder.isOn()) {
            event = RecordedEvents.beginSelect();
        }
    }

    /**
     * The select under way has found something, and yet nothing comes of it.
     *
     * @param why what makes it vain: {@link SpinCause#KEPT_SELECTED} or {@link SpinCause#HUNG_UP}
     * @param knote one of those that were found
     * @param events what was found of it
     */
    public void foundInVain(SpinCause why, Knote knote, int events) {
        cause = why;
        found = knote;
        foundEvents = events;
    }

    /**
     * The select under way reports keys, as it should. Now and then the kernel is asked whether one of them is at the end of its stream, and stays there.
     *
     * @param knote one of those that were found
     * @param events what was found of it
     */
    public void found(Knote knote, int events) {
        if (ends.isSample() && ends.take(knote, tally.waitedAtMost())) {
            spins(SpinCause.END_OF_STREAM, knote, events, ends.run());
        }
    }

    /**
     * A turn found only what nobody waits for; the select goes on.
     *
     * @param knote one of those that were found
     * @param events what was found of it
     */
    public void turnedInVain(Knote knote, int events) {
        if (turns.inVain(SpinCause.UNWANTED, tally.waitedAtMost())) {
            spins(SpinCause.UNWANTED, knote, events, turns.run());
        }
    }

    /** The select under way has found nothing, and ends since somebody has woken the selector up. */
    public void woken() {
        woken = true;
    }

    /**
     * The select ends.
     *
     * @param updated what it returns; 0 if it throws
     */
    public void end(int updated) {
        tally.selects.add(1);
        tally.events.add(updated);
        if (updated != 0) {
            turns.inOrder();
        }
        boolean seemsToSpin = false;
        if (mayWait) {
            if (cause == null && updated == 0 && tally.waits.get() == waitsBefore) {
                cause = Thread.currentThread().isInterrupted() ? SpinCause.INTERRUPTED : woken ? SpinCause.WOKEN : null;
            }
            seemsToSpin = cause == SpinCause.WOKEN && spin.isSoonTold(cause);
            judge();
        } else if (updated != 0) {
            spin.inOrder();
        }
        // not always: that costs as much as the wake-up
        wakeup.noteWakers(seemsToSpin);
        cause = null;
        found = null;
        woken = false;
        if (event != null) {
            RecordedEvents.endSelect(event, id, updated);
            event = null;
        }
        SELECTING.setOpaque(this, false);
    }

    private void judge() {
        if (cause == null) {
            spin.inOrder();
        } else if (spin.inVain(cause, tally.waitedAtMost())) {
            spins(cause, found, foundEvents, spin.run());
        }
    }

    private void spins(SpinCause why, Knote knote, int events, int run) {
        String text = why.describe(knote, events, thread, wakeup.lastWaker());
        spinCause = text;
        spins.add(1);
        log.add("selector " + id + " (" + selector + ") spins, " + run + " selects in a row " + why.outcome() + ": " + text);
        if (Recorder.isOn()) {
            RecordedEvents.spin(id, run, text);
        }
    }

    /** Logs what was noticed. Whoever writes the log may use selectors itself, and so no lock may be held. */
    public void tell() {
        log.write();
    }

    /** The current thread wakes the selector up. Any thread. */
    public void wakes() {
        // no field is read unless somebody records: a wake-up is to touch no more memory than it must
        if (Recorder.isOn()) {
            RecordedEvents.wakeup(id);
        }
    }

    /** The selector is closed, or given back: it is shown no more. */
    public void close() {
        SelectorRegistry.remove(this);
        wakeup.noteWakers(false);
    }

    /** What an operator sees. Any thread. */
    SelectorFigures figures() {
        long age = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - openedNanos);
        SpinFigures spinning = new SpinFigures(spins.get(), Math.max(Math.max(spin.run(), turns.run()), ends.run()), spinCause);
        return new SelectorFigures(id, kind, selector.toString(), openedMillis, age, SelectorCounts.of(tally), spinning, threadFigures(),
                table.size(), KeyKinds.count(table));
    }

    private ThreadFigures threadFigures() {
        Thread last = thread;
        if (last == null) {
            return null;
        }
        if (!last.isAlive()) {
            // nothing of it is worth keeping; unless another thread selects meanwhile
            THREAD.compareAndSet(this, last, null);
            return null;
        }
        return ThreadFigures.of(last, (boolean) SELECTING.getOpaque(this));
    }
}
