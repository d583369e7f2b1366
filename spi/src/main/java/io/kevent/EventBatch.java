// SPDX-License-Identifier: Apache-2.0
package io.kevent;

import java.util.StringJoiner;

/**
 * The events that a thread took from a {@link KeventQueue}, read one by one:
 *
 * <pre>{@code
 * EventBatch batch = queue.newBatch(64);
 * while (queue.isOpen()) {
 *     queue.take(batch);
 *     while (batch.next()) {
 *         ((Connection) batch.attachment()).handle(batch.readyOps());
 *     }
 * }
 * }</pre>
 *
 * <p>A batch is used again and again and allocates nothing. It belongs to one thread at a time. The next {@code take} or {@code poll} with it ends the
 * handling of its current event and <b>gives back</b> those that {@link #next()} has not come to: they are delivered again, to whichever thread. So are those
 * of a thread that dies. A handler that throws loses no event but the one that it handled. What was given back is told as it was taken, also when the
 * interest set was changed meanwhile: it has used up the one-shot or dispatch of the one before. While the knote is disabled it waits; a timer that was set or
 * stopped meanwhile drops it, and it then has used up nothing.
 *
 * <p>An event's methods may be called after {@link #next()} has answered true, until the next call of it.
 */
public abstract class EventBatch {
    /**
     * Flag: nothing more will come. Of a channel or a FIFO to read from, the peer has closed its direction; what it sent before may still be to be read, and
     * the end of stream stands behind it. Of a FIFO to write to, nobody has it open for reading.
     */
    public static final int EOF = 1;

    /** Flag: an error waits to be fetched by the next operation on the channel, or is told by {@link #error()}. */
    public static final int ERROR = 1 << 1;

    /** Flag: the last delivery of the knote, asked for by {@link Knote#forceOneshot()}. */
    public static final int FORCED = 1 << 2;

    /** Flag: more happened to a path than the system could keep; each of the kinds that are watched for may have. */
    public static final int OVERFLOW = 1 << 3;

    /** For kevent's provider. */
    protected EventBatch() { }

    /**
     * The room.
     *
     * @return how many events the batch can hold
     */
    public abstract int capacity();

    /**
     * How full it is.
     *
     * @return how many events were taken with the last call, those that were handled since included
     */
    public abstract int size();

    /**
     * Goes on to the next event, and ends the handling of the one before. Passes over events of knotes that were deleted since they were taken.
     *
     * @return false if there is none
     */
    public abstract boolean next();

    /** Ends the handling of the current event, and gives back those that {@link #next()} has not come to. */
    public abstract void clear();

    /**
     * What the event is of.
     *
     * @return the knote
     */
    public abstract Knote knote();

    /**
     * The attachment of the knote.
     *
     * @return the one that it had when the event was taken
     */
    public abstract Object attachment();

    /**
     * What is ready, of a channel or a FIFO. A hint, as with a selector: an operation may find that another thread was there before.
     *
     * @return operations of {@code SelectionKey}, all of the interest set; 0 for other kinds, and if nothing is but the event is {@link #FORCED}
     */
    public abstract int readyOps();

    /**
     * The number that the event tells: expirations of a timer, the value of a user event, how often a signal came or a path changed, the status of a process.
     *
     * @return the number; 0 for channels and FIFOs
     */
    public abstract long data();

    /**
     * Flags that mean the same for every kind.
     *
     * @return {@link #EOF}, {@link #ERROR}, {@link #FORCED}, {@link #OVERFLOW}
     */
    public abstract int flags();

    /**
     * Flags of the kind: of a user event those that the program set, of a path what happened. kqueue's {@code fflags}.
     *
     * @return the flags; 0 for other kinds
     */
    public abstract int filterFlags();

    /**
     * What went wrong with the source itself, where {@link #ERROR} tells so.
     *
     * @return the exception; null for channels, whose next operation throws it
     */
    public abstract Throwable error();

    /**
     * The kind of the source.
     *
     * @return the knote's kind
     */
    public EventKind kind() {
        return knote().kind();
    }

    /**
     * Tells whether a flag is set.
     *
     * @param flag {@link #EOF}, {@link #ERROR}, {@link #FORCED} or {@link #OVERFLOW}
     * @return whether the event has it
     */
    public boolean has(int flag) {
        return (flags() & flag) != 0;
    }

    /**
     * Spells out flags, for messages and logs.
     *
     * @param flags what {@link #flags()} answered
     * @return for example {@code EOF | FORCED}; {@code 0} where none is set
     */
    public static String flagsToString(int flags) {
        StringJoiner names = new StringJoiner(" | ").setEmptyValue("0");
        String[] known = {"EOF", "ERROR", "FORCED", "OVERFLOW"};
        for (int i = 0; i < known.length; i++) {
            if ((flags & 1 << i) != 0) {
                names.add(known[i]);
            }
        }
        return names.toString();
    }
}
