// SPDX-License-Identifier: Apache-2.0
package io.kevent;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * The options that an interest set accepts beside the four operations of {@link SelectionKey}, and the way to register with them.
 *
 * <p>An option is a bit that is or'ed to the operations: {@code key.interestOps(OP_READ | OP_EDGE)}. {@link SelectionKey#interestOps()} returns it,
 * {@link SelectionKey#readyOps()} never does. The options are accepted by {@link SelectionKey#interestOps(int)},
 * {@link SelectionKey#interestOpsOr}, {@link SelectionKey#interestOpsAnd} and {@link #register(SelectableChannel, Selector, int, Object)}; the plain
 * {@link SelectableChannel#register(Selector, int)} of the JDK refuses every bit that is not one of the channel's operations before the selector is
 * asked.
 *
 * <p>An interest set with options but no operation is accepted and reports nothing. {@link #OP_ONESHOT} and {@link #OP_DISPATCH} exclude each other.
 * All methods may be called by any thread.
 *
 * <p>The ideas come from kqueue ({@code EV_CLEAR}, {@code EV_ONESHOT}, {@code EV_DISPATCH}), epoll ({@code EPOLLET}, {@code EPOLLEXCLUSIVE}) and the
 * Linux kevent patches of 2006 (edge-trigger, wake-up-one-thread).
 */
public final class KeventOps {

    /**
     * Edge-trigger: reports an operation once per change, and not again until more arrives: bytes, buffer space, a connection. What happens while an
     * operation is out of the interest set is remembered and reported when it is back. Registering, or turning the operation or this option on, while
     * the operation is already ready reports once. The same as {@code EPOLLET} of epoll and {@code EV_CLEAR} of kqueue, kept for each operation apart.
     */
    public static final int OP_EDGE = 1 << 24;

    /**
     * One-shot: the first report empties the interest set, options included. The key stays valid; setting an interest arms it anew. Stands for
     * {@code EPOLLONESHOT} of epoll and {@code EV_ONESHOT} of kqueue.
     */
    public static final int OP_ONESHOT = 1 << 25;

    /**
     * Disable on delivery: the first report disables the key. The interest set stays as it is, and nothing more is reported until any
     * {@code interestOps...} call, with the same value too, enables the key; an operation that is still ready then is reported at once. Stands for
     * {@code EV_DISPATCH} of kqueue, which FreeBSD took from the disable-on-delivery patch of 2006.
     */
    public static final int OP_DISPATCH = 1 << 26;

    /**
     * Wake one: of all selectors that watch the same socket with this option, in this process or another, an event wakes at least one and normally
     * just one. Those that watch it without the option are all woken, and so are, as far as the kernel can see, those in which a virtual thread waits
     * (JDK 24 and up), and those that wait for {@code OP_WRITE} with {@link #OP_EDGE}. A selector whose key another thread cancels takes its turn until it
     * selects again: wake it up, or turn the operation off first. If an event comes just when the selector that the kernel has chosen for it turns the
     * operation off, cancels the key or is closed, the others of this JVM are woken to look for themselves, and so are queues, but none of another process: the
     * kernel does not choose twice. Stands for {@code EPOLLEXCLUSIVE} of epoll and the wake-up-one-thread flag of the Linux kevent patches.
     */
    public static final int OP_WAKE_ONE = 1 << 27;

    /** All options. */
    public static final int OPTIONS = OP_EDGE | OP_ONESHOT | OP_DISPATCH | OP_WAKE_ONE;

    private static final int OPERATIONS = SelectionKey.OP_READ | SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT | SelectionKey.OP_ACCEPT;

    private KeventOps() { }

    /**
     * Registers a channel with a selector, as {@link SelectableChannel#register(Selector, int)} does, options included.
     *
     * @param channel the channel, in non-blocking mode
     * @param selector the selector; where {@code ops} holds an option, one that kevent opened
     * @param ops operations of {@code SelectionKey} and options of this class
     * @return the key of this registration: a new one, or the one that the channel already had with the selector, changed
     * @throws ClosedChannelException if the channel is closed
     * @throws IllegalArgumentException if {@code ops} holds a bit that is neither one of the channel's operations nor an option, if it holds options
     *     that exclude each other, or if it holds an option and the selector accepts none
     * @throws java.nio.channels.ClosedSelectorException if the selector is closed
     * @throws IllegalBlockingModeException if the channel is in blocking mode
     * @throws java.nio.channels.IllegalSelectorException if the channel and the selector do not come from the same provider
     * @throws CancelledKeyException if the channel is registered with the selector and that key is cancelled but not yet deregistered
     */
    public static SelectionKey register(SelectableChannel channel, Selector selector, int ops) throws ClosedChannelException {
        return register(channel, selector, ops, null);
    }

    /**
     * Registers a channel with a selector, as {@link SelectableChannel#register(Selector, int, Object)} does, options included.
     *
     * @param channel the channel, in non-blocking mode
     * @param selector the selector; where {@code ops} holds an option, one that kevent opened
     * @param ops operations of {@code SelectionKey} and options of this class
     * @param attachment the key's attachment, or {@code null}
     * @return the key of this registration: a new one, or the one that the channel already had with the selector, changed
     * @throws ClosedChannelException if the channel is closed
     * @throws IllegalArgumentException if {@code ops} holds a bit that is neither one of the channel's operations nor an option, if it holds options
     *     that exclude each other, or if it holds an option and the selector accepts none
     * @throws java.nio.channels.ClosedSelectorException if the selector is closed
     * @throws IllegalBlockingModeException if the channel is in blocking mode
     * @throws java.nio.channels.IllegalSelectorException if the channel and the selector do not come from the same provider
     * @throws CancelledKeyException if the channel is registered with the selector and that key is cancelled but not yet deregistered
     */
    public static SelectionKey register(SelectableChannel channel, Selector selector, int ops, Object attachment) throws ClosedChannelException {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(selector, "selector");
        requireValid(ops, channel);
        if ((ops & OPTIONS) == 0) {
            return channel.register(selector, ops, attachment);
        }
        if (!supportedBy(selector)) {
            throw new IllegalArgumentException(toString(ops & OPTIONS) + " is not accepted by " + selector.getClass().getName()
                    + ": open the selector with kevent installed");
        }
        // the lock that register itself takes: nobody else registers the channel between the two steps
        synchronized (channel.blockingLock()) {
            SelectionKey known = channel.keyFor(selector);
            if (known != null) {
                return change(known, ops, attachment);
            }
            SelectionKey key = channel.register(selector, 0, attachment);
            try {
                return key.interestOps(ops);
            } catch (CancelledKeyException e) {
                // seen in the selector's key set and cancelled by another thread meanwhile: returned as it is, as register itself does
                return key;
            }
        }
    }

    /** What register does with a key that is known; by register itself the options would be off for a moment, which is a change too many. */
    private static SelectionKey change(SelectionKey known, int ops, Object attachment) throws ClosedChannelException {
        SelectableChannel channel = known.channel();
        requireOpen(channel);
        if (channel.isBlocking()) {
            throw new IllegalBlockingModeException();
        }
        known.attach(attachment);
        try {
            return known.interestOps(ops);
        } catch (CancelledKeyException e) {
            // by the close of the channel, perhaps
            requireOpen(channel);
            throw e;
        }
    }

    private static void requireOpen(SelectableChannel channel) throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /**
     * Tells whether the keys of a selector accept options.
     *
     * @param selector a selector
     * @return whether options may be used with it
     */
    public static boolean supportedBy(Selector selector) {
        return selector instanceof OptionSelector;
    }

    /**
     * Refuses an interest set that a key of the given channel cannot have, and names what is wrong with it.
     *
     * @param ops operations of {@code SelectionKey} and options of this class
     * @param channel the channel whose operations are allowed
     * @return {@code ops}
     * @throws IllegalArgumentException if {@code ops} holds a bit that is neither one of the channel's operations nor an option, or options that
     *     exclude each other
     */
    public static int requireValid(int ops, SelectableChannel channel) {
        int refused = ops & ~(channel.validOps() | OPTIONS);
        if (refused != 0) {
            throw new IllegalArgumentException((refused & OPERATIONS) == refused
                    ? toString(refused) + " is not an operation of " + channel.getClass().getName() + ", whose operations are "
                            + toString(channel.validOps())
                    : toString(refused & ~OPERATIONS) + " is neither an operation of SelectionKey nor an option of KeventOps");
        }
        return requireCompatible(ops);
    }

    /**
     * Refuses options that exclude each other: {@link #OP_ONESHOT} and {@link #OP_DISPATCH}.
     *
     * @param ops an interest set
     * @return {@code ops}
     * @throws IllegalArgumentException if both are in {@code ops}
     */
    public static int requireCompatible(int ops) {
        int both = OP_ONESHOT | OP_DISPATCH;
        if ((ops & both) == both) {
            throw new IllegalArgumentException(toString(both) + " exclude each other: the first empties the interest set, the second keeps it");
        }
        return ops;
    }

    /**
     * Spells out an interest set, for messages and logs.
     *
     * @param ops operations, options and any other bits
     * @return for example {@code OP_READ | OP_EDGE}; {@code 0} where no bit is set; a bit that has no name as {@code 1<<n}
     */
    public static String toString(int ops) {
        if (ops == 0) {
            return "0";
        }
        StringJoiner names = new StringJoiner(" | ");
        for (int rest = ops; rest != 0; rest &= rest - 1) {
            names.add(name(rest & -rest));
        }
        return names.toString();
    }

    private static String name(int bit) {
        switch (bit) {
            case SelectionKey.OP_READ: return "OP_READ";
            case SelectionKey.OP_WRITE: return "OP_WRITE";
            case SelectionKey.OP_CONNECT: return "OP_CONNECT";
            case SelectionKey.OP_ACCEPT: return "OP_ACCEPT";
            case OP_EDGE: return "OP_EDGE";
            case OP_ONESHOT: return "OP_ONESHOT";
            case OP_DISPATCH: return "OP_DISPATCH";
            case OP_WAKE_ONE: return "OP_WAKE_ONE";
            default: return "1<<" + Integer.numberOfTrailingZeros(bit);
        }
    }
}
