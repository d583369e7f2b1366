// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Kernel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Collects: one turn takes the changes, asks for the suspects, waits for the kernel, takes in what it tells ({@link Intake}) and leaves a batch of what was
 * found, which the owner then takes knote by knote ({@link Batch}).
 *
 * <p>{@link #changes()} and {@link #wakeup()} are for any thread, the rest for one thread at a time, which holds the owner's lock.
 *
 * <p>An owner of several threads runs a turn in its three parts, {@link #prepare}, {@link #await} and {@link #finish}, and lets go of its lock for the
 * second. Meanwhile other threads that hold the lock may {@link #review()} and {@link #carryOut} changes, and {@link #forget} knotes.
 */
public final class Collector {
    /** Stands for how much the kernel told, if the thread that waited did not come to know: it was stopped, or out of memory. */
    public static final int UNKNOWN = -1;

    /**
     * How much an owner that parks is told at once. It goes through its batch several times, and then reads from the channels: what belongs to one batch is
     * to stay in the processor's caches meanwhile. The kernel is entered once in so many events, which costs nothing.
     */
    private static final int PARKED_AT_ONCE = 64;

    /** How long a turn waits at most while a suspect is undecided, which nobody will tell when it is ready. */
    public static final int UNDECIDED_MILLIS = 10;

    /** How long a turn waits at most while a change is to be tried again that the kernel refused. */
    private static final int REFUSED_MILLIS = 1_000;

    private final KnoteTable table;
    private final Tally tally = new Tally();
    private final Looks looks = new Looks();
    private final ChangeList changes = new ChangeList(tally.changesBesides);
    private final Batch batch;
    private final Engine engine;
    private final Wakeup wakeup;
    private final Suspects suspects;
    private final Registrations registrations;
    private final Intake intake;
    private final Yielding yielding = new Yielding(tally.yields);
    private final Refusals refusals;

    /** Whether the turn that is under way knows already that there is nothing to collect. */
    private boolean nothingToCollect;

    /** Whether the kernel may have told something that was not taken in: to be asked for. */
    private boolean missed;

    /** Whether the kernel refused a change in the last turn: nothing will be told of that knote, so that nothing would end a wait. */
    private boolean refused;

    /**
     * Opens a collector.
     *
     * @param kernel where its descriptors come from
     * @param table where the owner keeps the knotes whose events it wants
     * @throws IOException if the process has no descriptor or memory left
     */
    public Collector(Kernel kernel, KnoteTable table) throws IOException {
        this(kernel, table, false, Refusals.THROWN);
    }

    /**
     * Opens a collector.
     *
     * @param kernel where its descriptors come from
     * @param table where the owner keeps the knotes whose events it wants
     * @param refusals what becomes of changes that the kernel refuses
     * @throws IOException if the process has no descriptor or memory left
     */
    public Collector(Kernel kernel, KnoteTable table, Refusals refusals) throws IOException {
        this(kernel, table, false, refusals);
    }

    /**
     * Opens a collector.
     *
     * @param kernel where its descriptors come from
     * @param table where the owner keeps the knotes whose events it wants
     * @param parks whether the owner keeps what is found, by {@link Batch#park}, rather than reporting it at once
     * @throws IOException if the process has no descriptor or memory left
     */
    public Collector(Kernel kernel, KnoteTable table, boolean parks) throws IOException {
        this(kernel, table, parks, Refusals.THROWN);
    }

    private Collector(Kernel kernel, KnoteTable table, boolean parks, Refusals refusals) throws IOException {
        this.table = table;
        this.refusals = refusals;
        // the time that a queue's threads wait is in no figure
        Kernel counted = new TalliedKernel(kernel, tally, !parks);
        this.engine = parks ? counted.openEngine(PARKED_AT_ONCE) : counted.openEngine();
        try {
            this.wakeup = new Wakeup(counted.openDoorbell(engine));
            tally.count(wakeup);
        } catch (IOException | RuntimeException | Error e) {
            engine.close();
            throw e;
        }
        try {
            this.suspects = new Suspects(counted.openProbe(), engine);
            this.registrations = new Registrations(counted, engine, changes, suspects, tally.changesSeen);
            this.batch = new Batch(registrations, changes);
            this.intake = new Intake(table, engine, registrations, wakeup, batch);
        } catch (RuntimeException | Error e) {
            // a probe that nobody has asked holds nothing
            closeBellAndEngine();
            throw e;
        }
        if (parks) {
            registrations.leanFullyTowardsEdge();
        }
    }

    /**
     * Where knotes of this collector announce changes of their interest.
     *
     * @return the list, for {@link Knote#changeInterest}
     */
    public ChangeList changes() {
        return changes;
    }

    /**
     * Where its looks into the kernel are numbered.
     *
     * @return the same at each call, for {@link Knote#looks}
     */
    public Looks looks() {
        return looks;
    }

    /**
     * What this collector has done, and where its owner counts what the owner does.
     *
     * @return the tally
     */
    public Tally tally() {
        return tally;
    }

    /**
     * By what its turns are ended from outside.
     *
     * @return the same at each call
     */
    public Wakeup wakeup() {
        return wakeup;
    }

    /**
     * Runs a turn. It may end early with nothing found: who wants to wait longer runs another.
     *
     * @param timeoutMillis how long to wait if nothing is ready: 0 not at all, negative without a bound
     * @return whether {@link Wakeup#wake()} was called since the turn before
     * @throws IOException if the kernel refused a change or failed to collect; a change that was refused is thrown once, unless the owner sees to it
     *     ({@link Refusals}), and tried again in each turn until it succeeds
     */
    public boolean turn(int timeoutMillis) throws IOException {
        int wait = prepare(timeoutMillis, true);
        int count = UNKNOWN;
        boolean woken;
        try {
            count = await(wait);
        } finally {
            woken = finish(count);
        }
        return woken;
    }

    /**
     * Lets other threads run before a wait, where that pays: they may make ready what is waited for. A turn does so by itself; an owner that runs it in parts
     * does so before the first, without its lock.
     *
     * @return for how many nanoseconds; 0 if they were not let
     */
    public long giveWay() {
        return wakeup.isIdle() && Yielding.isPossible() ? yielding.giveWay() : 0;
    }

    /**
     * The first part of a turn, up to the wait. {@link #await} and {@link #finish} must follow if it returns normally.
     *
     * @param timeoutMillis how long to wait if nothing is ready: 0 not at all, negative without a bound
     * @return how long to wait
     * @throws IOException if the kernel refused a change; it is thrown once, and tried again in each turn until it succeeds
     */
    public int prepare(int timeoutMillis) throws IOException {
        return prepare(timeoutMillis, false);
    }

    private int prepare(int timeoutMillis, boolean mayGiveWay) throws IOException {
        review();
        int left = timeoutMillis;
        if (mayGiveWay && left != 0 && batch.isEmpty()) {
            long nanos = giveWay();
            if (nanos > 0) {
                review();
                left = left < 0 ? left : (int) Math.max(0, left - TimeUnit.NANOSECONDS.toMillis(nanos));
            }
        }
        registrations.beginWait();
        boolean wait = left != 0 && batch.isEmpty() && wakeup.prepareToWait();
        nothingToCollect = !wait && suspects.isEngineEmpty();
        return wait ? bounded(left) : 0;
    }

    /**
     * The second part of a turn: the wait. {@link #finish} must follow if it throws as well.
     *
     * @param timeoutMillis what {@link #prepare} returned
     * @return how much the kernel told, for {@link #finish}
     * @throws IOException if the kernel failed to collect
     */
    public int await(int timeoutMillis) throws IOException {
        if (nothingToCollect) {
            return 0;
        }
        looks.begin();
        return engine.collect(timeoutMillis);
    }

    /**
     * The third part of a turn: takes in what the kernel told.
     *
     * @param count what {@link #await} returned, or {@link #UNKNOWN}
     * @return whether {@link Wakeup#wake()} was called since the turn before
     * @throws IOException if the kernel failed to collect
     */
    public boolean finish(int count) throws IOException {
        boolean woken = wakeup.heard();
        yielding.waited(count);
        missed = true;
        try {
            if (count == UNKNOWN) {
                intake.suspectAll();
            } else {
                woken |= intake.take(count);
            }
            missed = false;
            return woken;
        } finally {
            registrations.endWait();
        }
    }

    /**
     * The descriptor of the engine, which another engine may watch: see {@link Engine#fd}.
     *
     * @return the same at each call
     */
    public int descriptor() {
        return engine.fd();
    }

    /**
     * How long a wait may last, since something may come about that the kernel does not tell of: the last review has left a suspect undecided, or a change that
     * the kernel refused.
     *
     * @return milliseconds; negative without a bound
     */
    public int longestWaitMillis() {
        return suspects.areUndecided() ? UNDECIDED_MILLIS : refused ? REFUSED_MILLIS : -1;
    }

    /**
     * Carries out the changes and asks for the suspects, without waiting: what is found is in the batch.
     *
     * @throws IOException if the kernel refused a change; it is thrown once, and tried again in each turn until it succeeds
     */
    public void review() throws IOException {
        if (missed) {
            intake.suspectAll();
            missed = false;
        }
        applyChanges();
        suspects.review(registrations, batch);
    }

    /**
     * Carries out a change of one knote's interest now.
     *
     * @param knote a knote in the owner's table, changed by {@link Knote#setInterest} or {@link Knote#disable}
     * @throws IOException if the kernel refuses; unless the knote is forgotten, the change is tried again in each turn
     */
    public void carryOut(Knote knote) throws IOException {
        tally.changesSeen.add(1);
        registrations.apply(knote);
    }

    private int bounded(int timeoutMillis) {
        int bound = longestWaitMillis();
        return bound < 0 || timeoutMillis >= 0 && timeoutMillis < bound ? timeoutMillis : bound;
    }

    /**
     * Tells whether the last turn may have left something behind that is ready, because the kernel gives only so much at once.
     *
     * @return whether another turn may find more without waiting
     */
    public boolean hasMore() {
        return intake.hasMore();
    }

    /**
     * Carries out all changes before it throws for those that failed. A change that fails again when it is tried again is not told again: one channel's
     * trouble must not keep all others from being served.
     */
    private void applyChanges() throws IOException {
        IOException failure = null;
        refused = false;
        Knote knote = changes.takeAll();
        while (knote != null) {
            Knote next = knote.leaveList();
            // a knote that was taken out of the table meanwhile must not come into the kernel any more
            if (table.get(knote.fd()) == knote) {
                try {
                    failure = apply(knote, failure);
                } catch (RuntimeException | Error e) {
                    changes.giveBack(next);
                    throw e;
                }
            }
            knote = next;
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Returns what is to be thrown in the end. */
    private IOException apply(Knote knote, IOException others) {
        try {
            registrations.apply(knote);
            return others;
        } catch (IOException e) {
            refused = true;
            return told(knote, e, others);
        }
    }

    private IOException told(Knote knote, IOException refusal, IOException others) {
        if (knote.is(Knote.REFUSAL_TOLD)) {
            return others;
        }
        knote.mark(Knote.REFUSAL_TOLD);
        if (refusals.seenTo(knote, refusal)) {
            return others;
        }
        if (others == null) {
            return refusal;
        }
        others.addSuppressed(refusal);
        return others;
    }

    /**
     * What the turns have found.
     *
     * @return the batch, the same at each call
     */
    public Batch batch() {
        return batch;
    }

    /**
     * Takes a knote out of the kernel. The owner takes it out of the table.
     *
     * @param knote any knote of this collector
     * @throws IOException if the kernel refuses
     */
    public void forget(Knote knote) throws IOException {
        tally.changesSeen.add(1L + Interest.asked(knote.word()));
        registrations.forget(knote);
    }

    /**
     * Takes in a knote that the kernel watches already, level-triggered. The owner has it in its table, and announces its interest afterwards.
     *
     * @param knote a knote without interest
     * @param events what the kernel watches for; not 0
     */
    public void takeIn(Knote knote, int events) {
        registrations.takeIn(knote, events);
    }

    /**
     * Gives a knote out of hand: from here on the kernel watches it level-triggered, or not at all, and whoever comes after this collector sees to it.
     *
     * @param knote any knote of this collector
     * @return what the kernel watches for now; 0 if it does not
     * @throws IOException if the kernel refuses; it does not watch then
     */
    public int giveOut(Knote knote) throws IOException {
        return registrations.giveOut(knote);
    }

    /**
     * Releases the descriptors and the memory. {@link Wakeup#wake()} does nothing from now on; no other method may be called.
     *
     * @return whether {@link Wakeup#wake()} was called since the last turn, and nobody has heard it
     * @throws IOException if closing fails
     */
    public boolean close() throws IOException {
        boolean unheard;
        try {
            suspects.close();
            registrations.close();
        } finally {
            unheard = closeBellAndEngine();
        }
        return unheard;
    }

    private boolean closeBellAndEngine() throws IOException {
        try {
            return wakeup.close();
        } finally {
            engine.close();
        }
    }
}
