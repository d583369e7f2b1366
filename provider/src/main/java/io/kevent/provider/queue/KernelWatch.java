// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.provider.core.Batch;
import io.kevent.provider.core.Collector;
import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteTable;
import io.kevent.provider.core.Looks;
import io.kevent.provider.core.Rivals;
import io.kevent.provider.kernel.Kernel;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue's side of the core: has the collector look at the kernel, and gives what it finds to the knotes. All methods are called with the dispatcher's lock
 * held, but for {@link #giveWay}, {@link #await}, {@link #wake} and those that say so.
 */
public final class KernelWatch {
    /** See {@link Collector#UNKNOWN}. */
    static final int UNKNOWN = Collector.UNKNOWN;

    private final KnoteTable table = new KnoteTable();
    private final Collector collector;
    private final QueueSelector selector;

    /** Knotes that were delivered and stay parked until the next thread comes, or one has done. */
    private final ArrayList<KernelKnote> lent = new ArrayList<>();

    /** Whether something has come about since the last review that may make a knote ready, and that the kernel will not tell. */
    private boolean changed;

    /** Knotes that wake one, for which the kernel may have chosen this queue, and that it has no use for: to be offered to others, without the lock. */
    private List<Knote> left = new ArrayList<>(0);

    KernelWatch(Kernel kernel, SelectorProvider provider) throws IOException {
        this.collector = new Collector(kernel, table, true);
        this.selector = new QueueSelector(provider, this::wake);
        Rivals.add(selector);
    }

    // ---- for the filters

    /**
     * The queue as the JDK sees it: what a channel is registered with. For any thread, without the lock.
     *
     * @return the same at each call
     */
    public Selector selector() {
        return selector;
    }

    /**
     * Lets the channel of a key forget it. For any thread, without the lock.
     *
     * @param key the key, which the channel may know or not
     */
    public void letGo(AbstractSelectionKey key) {
        selector.letGo(key);
    }

    /** Where the looks of its collector are numbered. */
    Looks looks() {
        return collector.looks();
    }

    /**
     * Takes a knote in.
     *
     * @param knote a knote with its interest set
     * @throws IOException if the kernel refuses; the knote is not taken in then
     */
    public void add(KernelKnote knote) throws IOException {
        table.add(knote);
        changed = true;
        try {
            collector.carryOut(knote);
        } catch (IOException | RuntimeException | Error e) {
            table.remove(knote);
            throw e;
        }
    }

    /**
     * Carries out a change of a knote's interest.
     *
     * @param knote a knote that was taken in
     * @throws IOException if the kernel refuses; it is tried again whenever the kernel is looked at
     */
    public void change(KernelKnote knote) throws IOException {
        changed = true;
        if (knote.lent) {
            // who waits is to be told what is waited for now, not only who comes
            unpark(knote);
        }
        collector.carryOut(knote);
    }

    /**
     * Others that watch the channel of a knote are to look at it, once the lock is let go of, if it is one that wakes one.
     *
     * @param knote a knote that lets go of something for which the kernel may have chosen this queue
     */
    public void leaveToOthers(KernelKnote knote) {
        if (knote.wokeOne() && knote.channel().isOpen()) {
            left.add(knote);
        }
    }

    /** What others are to look at, for whoever lets go of the lock under which it was left, to be offered right after. Not sooner, nor by anybody else. */
    List<Knote> takeLeft() {
        if (left.isEmpty()) {
            return List.of();
        }
        List<Knote> taken = left;
        left = new ArrayList<>(0);
        return taken;
    }

    /**
     * What the kernel has told another one, of those that wake one, may be ready here.
     *
     * @param knote a knote that was taken in
     */
    public void lookAgain(KernelKnote knote) {
        // one that is parked has its event in the ring, or is looked at again after it
        changed |= knote.offer(collector.changes());
    }

    /**
     * What was found of a knote waits no longer: more may be found.
     *
     * @param knote the knote
     */
    public void unpark(KernelKnote knote) {
        changed = true;
        knote.lent = false;
        knote.unpark(collector.changes());
    }

    /**
     * What was found of a knote is delivered: applies one-shot and dispatch. A knote that may be found again is, once a thread comes for events or has done
     * with its own; not at once, or it would be found again and again before the thread that has it has read anything.
     *
     * @param knote the knote
     * @param events what was found
     * @return operations of its interest set; 0 if none is ready by now
     */
    public int deliver(KernelKnote knote, int events) {
        // before one-shot or dispatch is applied for what then could not be delivered
        lent.ensureCapacity(lent.size() + 1);
        int operations = knote.deliverParked(events, collector.changes());
        // the kernel must not choose it, now that it may be disabled, but another queue
        changed |= knote.wokeOne();
        if (knote.isParked() && !knote.lent) {
            lent.add(knote);
            knote.lent = true;
        }
        return operations;
    }

    /** A thread comes for events, or has done with its own: what was delivered and may still be ready is to be found again. */
    void claimLent() {
        for (int i = 0; i < lent.size(); i++) {
            KernelKnote knote = lent.get(i);
            if (knote.lent) {
                knote.lent = false;
                unpark(knote);
            }
        }
        lent.clear();
    }

    /**
     * Lets go of a knote.
     *
     * @param knote a knote, taken in or not
     * @throws IOException if the kernel refuses; nothing more is found of the knote nonetheless
     */
    public void remove(KernelKnote knote) throws IOException {
        leaveToOthers(knote);
        table.remove(knote);
        collector.forget(knote);
    }

    /**
     * All knotes that were taken in, now.
     *
     * @return their owners
     */
    public List<QueueKnote> owners() {
        List<QueueKnote> owners = new ArrayList<>(table.size());
        for (Knote knote : table) {
            owners.add(((KernelKnote) knote).owner());
        }
        return owners;
    }

    // ---- for the dispatcher

    /** Looks at what may have become ready without the kernel's telling it. */
    void review() throws IOException {
        changed = true;
        collector.review();
        changed = false;
        harvest();
    }

    /** See {@link Collector#descriptor}. */
    int descriptor() {
        return collector.descriptor();
    }

    /** See {@link Collector#longestWaitMillis}. */
    int longestWaitMillis() {
        return collector.longestWaitMillis();
    }

    boolean hasChanged() {
        return changed;
    }

    /** Asks the kernel, without waiting. */
    void look() throws IOException {
        changed = true;
        collector.turn(0);
        changed = false;
        harvest();
    }

    /** See {@link Collector#hasMore}. */
    boolean hasMore() {
        return collector.hasMore();
    }

    /** See {@link Collector#giveWay}; without the lock, for the thread that is to wait. */
    long giveWay() {
        return collector.giveWay();
    }

    /** See {@link Collector#prepare}. */
    int prepare(int timeoutMillis) throws IOException {
        changed = true;
        int wait = collector.prepare(timeoutMillis);
        changed = false;
        return wait;
    }

    /** Waits for the kernel; without the lock. */
    int await(int timeoutMillis) throws IOException {
        if (timeoutMillis == 0) {
            return collector.await(0);
        }
        selector.beginBlocking();
        try {
            return collector.await(timeoutMillis);
        } finally {
            selector.endBlocking();
        }
    }

    /** Takes in what the wait has found. */
    void finish(int count) throws IOException {
        // what the thread did not come to know is suspected, and to be asked for
        changed = true;
        collector.finish(count);
        harvest();
    }

    private void harvest() throws IOException {
        Batch batch = collector.batch();
        boolean all = false;
        try {
            for (Knote knote = batch.take(); knote != null; knote = batch.take()) {
                KernelKnote found = (KernelKnote) knote;
                if (found.lent) {
                    // the kernel tells of more than the thread that has it was told
                    unpark(found);
                }
                int events = batch.events(found);
                if (found.operationsReady(events) == 0) {
                    batch.unwanted(found);
                    if (!found.isParked() && !found.waitsFor(events)) {
                        leaveToOthers(found);
                    }
                } else {
                    found.foundLocked(batch.park(found));
                }
            }
            all = true;
        } finally {
            changed |= !all;
            batch.keepRest();
        }
    }

    /** Ends the wait. Any thread. */
    void wake() {
        try {
            collector.wakeup().wake();
        } catch (IOException e) {
            // the descriptor is ours and open: only a broken process comes here
            throw new InternalError(e);
        }
    }

    /** Has the thread that waits look at the clock again. */
    void nudge() {
        try {
            collector.wakeup().nudge();
        } catch (IOException e) {
            throw new InternalError(e);
        }
    }

    void close() throws IOException {
        Rivals.remove(selector);
        collector.close();
    }
}
