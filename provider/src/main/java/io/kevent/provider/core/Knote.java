// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectionKey;

/**
 * One channel in one collector: what its owner wants to know, how it stands in the kernel, and what is known of its readiness. The word is kqueue's; the
 * JDK's is key. That a knote is a {@link SelectionKey}, too, lets a selector keep one object for each channel and not two, which halves what it takes and
 * what an event has to touch. Knotes of other owners are nobody's keys.
 *
 * <p>There are as many knotes as connections, and a server has many that are idle: no field is wider than it must be. Events fit into a byte.
 */
public abstract class Knote extends AbstractSelectionKey implements InterestSet {
    private static final VarHandle WORD;
    private static final VarHandle READING;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(Knote.class, "word", int.class);
            READING = MethodHandles.lookup().findVarHandle(Knote.class, "reading", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // ---- marks, for the thread that runs the collector

    /** Of a knote whose owner asked for edges: some were told before the connection was finished, which means nothing until then. */
    static final byte EARLY = 1;
    /** The owner knows of the kernel's refusal of a change; until one succeeds. */
    static final byte REFUSAL_TOLD = 1 << 1;
    /** The list of suspects holds the knote. */
    static final byte SUSPECT = 1 << 2;
    /** Readiness was reported since the suspects were last reviewed. */
    static final byte REPORTED = 1 << 3;
    /** Came into the kernel during the wait that is under way: see {@link Registrations#beginWait}. */
    static final byte ENTERED = 1 << 4;
    /** The kernel has told something that was not reported yet, and a read was seen before: the reads are seen, so far. */
    static final byte NEWS = 1 << 5;
    /** Has been in the kernel as one of several of which an event wakes one. */
    static final byte WOKE_ONE = 1 << 6;

    private final SelectableChannel channel;
    private final int fd;

    // ---- any thread

    /** Layout: {@link Interest}. */
    private volatile int word;

    /** Link of the {@link ChangeList}; belongs to whoever set the queued bit, until the collector takes the list. */
    Knote nextChange;
    /** Whether it is in the list, or about to be: set by whoever pushes it, cleared by the collector that took it. */
    boolean listed;

    /** Layout: {@link Reading}. */
    private volatile int reading;

    // ---- the thread that runs the collector

    /** How the knote stands in the kernel; null while it does not. */
    Arming arming;
    /** What the kernel watches for. */
    byte armed;
    /** What the owner waited for when the collector last looked at its interest. */
    byte wanted;
    /** Of an edge-triggered knote: what the kernel has told and may still be true. */
    byte ready;
    /** What this turn found; 0 if the knote is not in its batch. */
    byte fresh;
    private byte marks;
    /** How many reports in a row left the interest on. */
    byte stays;
    /** How often the knote has come to be level-triggered. */
    byte settled;
    /**
     * What speaks against the way in which it stands. Of an edge-triggered knote: how many events came that nobody waited for, since the interest went off.
     * Of one that is told once: how often the kernel was asked anew, since it has come to be so.
     */
    byte strain;
    /** How many events that nobody waited for are borne before the kernel is told to be silent. */
    byte patience = EdgeArming.FULL_PATIENCE;
    /** The look at which the kernel told the knote last. */
    private int toldAt;

    /**
     * Makes a knote that is not interested in anything yet.
     *
     * @param channel a channel of the JDK
     * @param wakesOne whether it is to be wake-one, whatever its interest set says
     */
    protected Knote(SelectableChannel channel, boolean wakesOne) {
        this(channel, JdkChannels.descriptor(channel), wakesOne);
    }

    /** For tests, which need more descriptors than a process may have. */
    Knote(SelectableChannel channel, int fd) {
        this(channel, fd, false);
    }

    private Knote(SelectableChannel channel, int fd, boolean wakesOne) {
        if (wakesOne) {
            word = Interest.WAKES_ONE;
        }
        this.channel = channel;
        this.fd = fd;
    }

    /**
     * The channel.
     *
     * @return the channel that the knote was made for
     */
    @Override
    public final SelectableChannel channel() {
        return channel;
    }

    /**
     * The channel's descriptor; it stays open as long as the knote is in its collector's table.
     *
     * @return the descriptor
     */
    public final int fd() {
        return fd;
    }

    final boolean is(byte mark) {
        return (marks & mark) != 0;
    }

    final void mark(byte mark) {
        marks = (byte) (marks | mark);
    }

    final void unmark(byte mark) {
        marks = (byte) (marks & ~mark);
    }

    // ---- as a key: only the knotes of selectors are keys to somebody, and they define these

    @Override
    public Selector selector() {
        throw noKey();
    }

    @Override
    public int interestOps() {
        throw noKey();
    }

    @Override
    public SelectionKey interestOps(int ops) {
        throw noKey();
    }

    @Override
    public int readyOps() {
        throw noKey();
    }

    private static UnsupportedOperationException noKey() {
        return new UnsupportedOperationException("the owner of this knote is no selector of kevent's");
    }

    // ---- interest

    @Override
    public final int word() {
        return word;
    }

    @Override
    public final boolean swapWord(int before, int after) {
        return WORD.compareAndSet(this, before, after);
    }

    @Override
    public final void announce(ChangeList changes) {
        listed = true;
        changes.push(this);
    }

    @Override
    public final int makesReady(int events, int operations) {
        return ChannelKind.of(channel).ready(channel, events, operations);
    }

    // ---- what was found and waits to be reported

    /** What was found waits for its report: until then there is nothing more to find. */
    final void park(ChangeList changes) {
        int before;
        do {
            before = word;
        } while (!move(before, before | Interest.PARKED | Interest.QUEUED, changes));
    }

    /**
     * What was found waits no longer to be reported: there may be more to find.
     *
     * @param changes the collector's change list
     */
    public final void unpark(ChangeList changes) {
        int before;
        do {
            before = word;
        } while (Interest.has(before, Interest.PARKED) && !move(before, Interest.unparked(before), changes));
    }

    /**
     * The same as {@link #deliver}, for what was parked. It stays parked unless one-shot or dispatch sees to it that nothing is found.
     *
     * @param events what was found
     * @param changes the collector's change list
     * @return operations of the interest set; 0 if none is ready by now
     */
    public final int deliverParked(int events, ChangeList changes) {
        for (;;) {
            int before = word;
            int operations = makesReady(events, Interest.parkedOperations(before));
            int reported = operations == 0 ? before : Interest.reported(before);
            int after = reported == before ? before : Interest.unparked(reported);
            if (after == before || move(before, after, changes)) {
                return operations;
            }
        }
    }

    /**
     * Whether something that was found waits to be reported, or was reported and nothing more is to be found yet.
     *
     * @return whether it is parked
     */
    public final boolean isParked() {
        return Interest.has(word, Interest.PARKED);
    }

    /**
     * The operations that the given events make ready, of those that would be waited for if nothing was found already.
     *
     * @param events what was found
     * @return operations; 0 if none is, or it is disabled
     */
    public final int operationsParked(int events) {
        return makesReady(events, Interest.parkedOperations(word));
    }

    // ---- for the collector

    /**
     * Takes note of the interest: from here on a change queues the knote anew, unless it is in the list still, or goes off quietly. Returns the word with
     * what was turned on. For whoever has just taken the knote off the list, or keeps its owner from changing it meanwhile: who has set the queued bit and
     * not announced the knote yet would be overlooked.
     *
     * @param quietly whether the kernel will be asked for this interest again and again: see {@link Interest#QUIET}
     */
    final int noteInterest(boolean quietly) {
        for (;;) {
            int before = word;
            int after = listed ? Interest.noted(before) | Interest.QUEUED : quietly ? Interest.notedQuietly(before) : Interest.noted(before);
            if (swapWord(before, after)) {
                return before;
            }
        }
    }

    /**
     * The same for a quiet knote, which is in no list, and is not quiet from here on. Returns the word; if it is not quiet, somebody has ended that meanwhile
     * and queues the knote, and nothing was noted.
     */
    final int noteQuiet() {
        for (;;) {
            int before = word;
            if (!Interest.has(before, Interest.QUIET) || swapWord(before, Interest.noted(before))) {
                return before;
            }
        }
    }

    /** It was taken off the change list. Returns the one behind it. */
    final Knote leaveList() {
        Knote behind = nextChange;
        nextChange = null;
        listed = false;
        return behind;
    }

    /** Whether the interest has gone off without the collector's knowledge. */
    final boolean isQuietlyOff() {
        return Interest.isQuietlyOff(word);
    }

    /** Puts the knote back on the change list with what was noted: it could not be carried out. */
    final void requeue(int noted, ChangeList changes) {
        int before;
        do {
            before = word;
        } while (!move(before, Interest.requeued(before, noted), changes));
    }

    /** Whether a change of the interest waits for the collector. */
    final boolean isQueued() {
        return Interest.has(word, Interest.QUEUED);
    }

    // ---- readiness

    /**
     * Any thread.
     *
     * @param events what was found
     * @return whether the owner waits for some of it, whether or not they make anything ready
     */
    public final boolean waitsFor(int events) {
        return (ChannelKind.events(Interest.enabledOperations(word)) & events) != 0;
    }

    /**
     * For the thread that runs the collector, or holds the owner's lock.
     *
     * @return whether the kernel may have chosen it, of several, for an event that it has told no other: whatever has become of its interest set since
     */
    public final boolean wokeOne() {
        return is(WOKE_ONE);
    }

    /** Whether what is known of the readiness may come to mean more than now, though the kernel tells nothing new. */
    final boolean mayFinish() {
        return ChannelKind.of(channel).mayFinish(channel);
    }

    // ---- learning from reads

    /**
     * The looks of the collector that it belongs to. Any thread.
     *
     * @return {@link Collector#looks}
     */
    protected abstract Looks looks();

    /** The application is about to read from the channel. Any thread; {@link #endRead} must follow. */
    public final void beginRead() {
        int before;
        do {
            before = reading;
        } while (!swapReading(before, Reading.begun(before)));
    }

    /**
     * A read has ended, however it did. Any thread.
     *
     * @param took whether something that was there may be gone by it
     * @param emptied whether it has returned less than it had room for: nothing was left, at some time since {@link #beginRead()}
     */
    public final void endRead(boolean took, boolean emptied) {
        int before;
        do {
            before = reading;
        } while (!swapReading(before, Reading.ended(before, took, emptied, looks().number())));
    }

    private boolean swapReading(int before, int after) {
        return before == after || READING.compareAndSet(this, before, after);
    }

    /** The kernel has told the knote in the look that began last: what readers found before means nothing any more. */
    final void told() {
        if (Reading.isRead(overtakeReads())) {
            mark(NEWS);
        }
        toldAt = looks().number();
    }

    /** The kernel may have told the knote something, or what it told may be meant for another. */
    final void mayBeTold() {
        overtakeReads();
        unmark(NEWS);
    }

    /** Returns what the word was. */
    private int overtakeReads() {
        int before;
        do {
            before = reading;
        } while (!swapReading(before, Reading.told(before)));
        return before;
    }

    /**
     * Whether a read has emptied the channel since the kernel told last. An end of stream stands behind the data and is not read with it, and reads stop
     * short at urgent data, so that neither may have been told.
     */
    final boolean isDrained() {
        return Reading.isEmptied(reading) && (ready & (Events.RDHUP | Events.PRI | Events.UNASKED)) == 0;
    }

    /**
     * Whether what can be read, by what the kernel has told or answered, must still be there, because no read has taken anything since the look that told.
     * Believed only until it is reported, and only if a read was seen since the tell before: what others do to the channel unseen, be it native code or
     * another process, leads to one report in vain and not to many.
     */
    final boolean isUnread() {
        return is(NEWS) && Reading.tookBefore(reading, toldAt, looks().number());
    }
}
