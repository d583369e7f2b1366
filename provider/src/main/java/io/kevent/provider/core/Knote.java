// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One channel in one collector: what its owner wants to know, how it stands in the kernel, and what is known of its readiness. The word is kqueue's.
 */
public class Knote extends InterestSet {
    private static final VarHandle TELLS;

    /** Far from each other for knotes made one after the other: see {@link #tells}. */
    private static final AtomicInteger FIRST_TELLS = new AtomicInteger();
    private static final int APART = 0x61C88647;

    static {
        try {
            TELLS = MethodHandles.lookup().findVarHandle(Knote.class, "tells", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SelectableChannel channel;
    private final int fd;
    private final ChannelKind kind;

    // ---- any thread

    /** Link of the {@link ChangeList}; belongs to whoever set the queued bit, until the collector takes the list. */
    Knote nextChange;
    /** Whether it is in the list, or about to be: set by whoever pushes it, cleared by the collector that took it. */
    boolean listed;

    /**
     * How often the kernel has told the knote, counted from a number of its own: a read that began under an earlier knote of the channel must not be taken
     * for one of this. Written by the collector; never negative.
     */
    private volatile int tells = FIRST_TELLS.getAndAdd(APART) & Integer.MAX_VALUE;

    /** What {@link #tells} was before the read that emptied the channel last; written by readers, and as good as never if it differs by now. */
    private volatile int drainedAt = -1;

    // ---- the thread that runs the collector

    /** How the knote stands in the kernel; null while it does not. */
    Arming arming;
    /** What the kernel watches for. */
    int armed;
    /** What the owner waited for when the collector last looked at its interest. */
    int wanted;
    /** Of an edge-triggered knote: what the kernel has told and may still be true. */
    int ready;
    /** Of a knote whose owner asked for edges: whether some were told before the connection was finished, which means nothing until then. */
    boolean early;
    /** What this turn found; 0 if the knote is not in its batch. */
    int fresh;
    /** The turn in which the knote came into the kernel: see {@link Registrations#turn}. */
    int enteredIn;
    /** Whether the kernel's refusal of a change was thrown; until one succeeds. */
    boolean refusalTold;
    /** Whether the list of suspects holds the knote. */
    boolean suspect;
    /** Whether readiness was reported since the suspects were last reviewed. */
    boolean reported;
    /** How many reports in a row left the interest on. */
    byte stays;
    /** How often the knote has come to be level-triggered. */
    byte settled;
    /** How many events came that nobody waited for, since the interest went off. */
    byte unwanted;
    /** How many of those are borne before the kernel is told to be silent. */
    byte patience = EdgeArming.FULL_PATIENCE;

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
        super(wakesOne);
        this.channel = channel;
        this.fd = fd;
        this.kind = ChannelKind.of(channel);
    }

    /**
     * The channel.
     *
     * @return the channel that the knote was made for
     */
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

    // ---- interest

    @Override
    final void announce(ChangeList changes) {
        listed = true;
        changes.push(this);
    }

    @Override
    final int makesReady(int events, int operations) {
        return kind.ready(channel, events, operations);
    }

    // ---- readiness

    /** Whether what is known of the readiness may come to mean more than now, though the kernel tells nothing new. */
    final boolean mayFinish() {
        return kind.mayFinish(channel);
    }

    // ---- learning from reads

    /**
     * The application is about to read from the channel. Any thread.
     *
     * @return what to call {@link #drained} with if the read empties the channel; not negative
     */
    public final int beforeRead() {
        return tells;
    }

    /**
     * A read has returned less than it had room for: nothing was left, at some time since {@link #beforeRead()}. Whatever arrives later the kernel tells
     * anew. Any thread.
     *
     * @param before what {@code beforeRead()} returned
     */
    public final void drained(int before) {
        drainedAt = before;
    }

    /** The kernel has told the knote: what readers found before means nothing any more. */
    final void countTell() {
        // one thread writes: no atomic increment is needed. A reader that does not see it yet takes its read for an older one, which is safe
        TELLS.setRelease(this, tells + 1 & Integer.MAX_VALUE);
    }

    /**
     * Whether a read has emptied the channel since the kernel told last. An end of stream stands behind the data and is not read with it, and reads stop
     * short at urgent data, so that neither may have been told.
     */
    final boolean isDrained() {
        return drainedAt == tells && (ready & (Events.RDHUP | Events.PRI | Events.UNASKED)) == 0;
    }
}
