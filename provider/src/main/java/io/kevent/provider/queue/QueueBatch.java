// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.Knote;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.NoSuchElementException;

/**
 * A batch: arrays, one element an event, and a cursor. It is filled and emptied by the dispatcher with its lock held, and read by the thread that took it. The
 * cursor belongs to that thread; the dispatcher looks at it once the thread is dead, and then sees it for that reason. Both are written with release: a
 * full barrier for each event would be for nobody.
 */
public final class QueueBatch extends EventBatch {
    private static final int BEFORE_FIRST = -1;

    /** Among the flags of an event of which the source had nothing to tell. Not for the program. */
    private static final int EMPTY = 1 << 31;

    private static final VarHandle SIZE;
    private static final VarHandle CURSOR;

    static {
        try {
            SIZE = MethodHandles.lookup().findVarHandle(QueueBatch.class, "size", int.class);
            CURSOR = MethodHandles.lookup().findVarHandle(QueueBatch.class, "cursor", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Dispatcher dispatcher;
    private final ReadyKnote[] knotes;
    private final Object[] attachments;
    private final int[] readyOps;
    private final long[] data;
    private final int[] flags;
    private final int[] filterFlags;
    private final int[] raw;
    private final Throwable[] errors;
    private final int[] deliveries;

    /** For its worker, which a queue must not be held by. */
    final WeakReference<QueueBatch> weakly = new WeakReference<>(this);

    // ---- guarded by the dispatcher's lock

    /** Who has taken it, and its neighbours among those that are taken; null if nobody has. */
    Worker worker;
    QueueBatch nextTaken;
    QueueBatch takenBefore;

    /** Whether the queue was closed while somebody had it: looked at for each event, and so not in what others write for each of theirs. */
    volatile boolean closed;

    private volatile int size;
    private volatile int cursor = BEFORE_FIRST;

    /**
     * Makes a batch.
     *
     * @param dispatcher whose events it is for
     * @param capacity how many events it can hold
     */
    public QueueBatch(Dispatcher dispatcher, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + ": a batch must be able to hold an event");
        }
        this.dispatcher = dispatcher;
        this.knotes = new ReadyKnote[capacity];
        this.attachments = new Object[capacity];
        this.readyOps = new int[capacity];
        this.data = new long[capacity];
        this.flags = new int[capacity];
        this.filterFlags = new int[capacity];
        this.raw = new int[capacity];
        this.errors = new Throwable[capacity];
        this.deliveries = new int[capacity];
    }

    boolean isOf(Dispatcher dispatcher) {
        return this.dispatcher == dispatcher;
    }

    // ---- filled, with the dispatcher's lock held

    /**
     * Adds an event.
     *
     * @param knote whose event it is
     * @param ops what is ready, for channels and FIFOs
     * @param number the number that it tells
     * @param eventFlags flags of {@link EventBatch}
     * @param kindFlags flags of the kind
     * @param found what the kernel told, for {@link #rawAt}
     * @param error what went wrong, or null
     */
    public void put(ReadyKnote knote, int ops, long number, int eventFlags, int kindFlags, int found, Throwable error) {
        int at = size;
        knotes[at] = knote;
        attachments[at] = knote.attachment();
        readyOps[at] = ops;
        data[at] = number;
        flags[at] = eventFlags;
        filterFlags[at] = kindFlags;
        raw[at] = found;
        deliveries[at] = knote.nextDelivery();
        if (error != null) {
            errors[at] = error;
        }
        SIZE.setRelease(this, at + 1);
    }

    /** Adds an event of whose source there is nothing to tell. */
    void putEmpty(ReadyKnote knote) {
        put(knote, 0, 0, EMPTY, 0, 0, null);
    }

    /** Adds flags to the event that was put last. */
    void flagLast(int eventFlags) {
        flags[size - 1] |= eventFlags;
    }

    /** Ends the handling of the current event, and gives back those that were not come to. */
    void endLocked() {
        int end = size;
        int current = cursor;
        if (current >= 0 && current < end) {
            knotes[current].end();
        }
        for (int i = current + 1; i < end; i++) {
            knotes[i].giveBackLocked(this, i);
        }
        forget(0, end);
        size = 0;
        cursor = BEFORE_FIRST;
    }

    private void forget(int from, int to) {
        for (int i = from; i < to; i++) {
            knotes[i] = null;
            attachments[i] = null;
            errors[i] = null;
        }
    }

    /** How many events of a knote the thread that took the batch is handling: one or none. */
    int handled(ReadyKnote knote) {
        int current = cursor;
        return current >= 0 && current < size && knotes[current] == knote ? 1 : 0;
    }

    // ---- what came back

    boolean isEmptyAt(int index) {
        return (flags[index] & EMPTY) != 0;
    }

    /** Which of all that were put into batches of its knote, counted, the event is that came back. */
    int deliveryAt(int index) {
        return deliveries[index];
    }

    /**
     * The flags of an event that came back.
     *
     * @param index where it is
     * @return flags of {@link EventBatch}
     */
    public int flagsAt(int index) {
        return flags[index] & ~EMPTY;
    }

    /**
     * What was ready, of an event that came back.
     *
     * @param index where it is
     * @return operations
     */
    public int readyOpsAt(int index) {
        return readyOps[index];
    }

    /**
     * The number of an event that came back.
     *
     * @param index where it is
     * @return the number
     */
    public long dataAt(int index) {
        return data[index];
    }

    /**
     * The flags of the kind, of an event that came back.
     *
     * @param index where it is
     * @return the flags
     */
    public int filterFlagsAt(int index) {
        return filterFlags[index];
    }

    /**
     * What the kernel told, of an event that came back.
     *
     * @param index where it is
     * @return what was put
     */
    public int rawAt(int index) {
        return raw[index];
    }

    /**
     * What went wrong, of an event that came back.
     *
     * @param index where it is
     * @return what was put
     */
    public Throwable errorAt(int index) {
        return errors[index];
    }

    // ---- read by the thread that took it

    @Override
    public int capacity() {
        return knotes.length;
    }

    @Override
    public int size() {
        return size;
    }

    /** Whether {@link #next} may have another one. */
    boolean hasMore() {
        return cursor + 1 < size;
    }

    @Override
    public boolean next() {
        int end = size;
        int at = cursor;
        if (at >= 0 && at < end) {
            knotes[at].end();
        }
        for (at++; at < end; at++) {
            CURSOR.setRelease(this, at);
            if (knotes[at].begin()) {
                if (!closed) {
                    return true;
                }
                knotes[at].end();
            }
        }
        CURSOR.setRelease(this, end);
        return false;
    }

    @Override
    public void clear() {
        dispatcher.rest(this);
    }

    private int current() {
        int at = cursor;
        if (at < 0 || at >= size) {
            throw new NoSuchElementException("next() has not answered true");
        }
        return at;
    }

    @Override
    public Knote knote() {
        return knotes[current()];
    }

    @Override
    public Object attachment() {
        return attachments[current()];
    }

    @Override
    public int readyOps() {
        return readyOps[current()];
    }

    @Override
    public long data() {
        return data[current()];
    }

    @Override
    public int flags() {
        return flags[current()] & ~EMPTY;
    }

    @Override
    public int filterFlags() {
        return filterFlags[current()];
    }

    @Override
    public Throwable error() {
        return errors[current()];
    }
}
