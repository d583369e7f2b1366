// SPDX-License-Identifier: Apache-2.0
package io.kevent;

import java.util.concurrent.TimeUnit;

/**
 * One source of events in one {@link KeventQueue}: what kqueue calls a knote. Any thread may call any method; a change is in effect when the method
 * returns, also for threads that wait; under load they learn 10 ms later at most that a channel is still ready, if it was enabled by a thread that has more
 * events in its batch.
 *
 * <p>A knote is <b>enabled</b> unless {@link #disable()} or {@link KeventOps#OP_DISPATCH} has disabled it. While it is not, nothing of it is delivered, and
 * what happens is kept: an event that was waiting to be delivered when the knote was disabled, or that comes meanwhile, is delivered once it is enabled.
 *
 * <p>A knote is <b>handled</b> from the time that {@link EventBatch#next()} comes to an event of it until that thread's next {@code next()}, {@code take} or
 * {@code poll}. With {@link KeventOps#OP_DISPATCH} it is handled by one thread at a time, unless that thread enables it early.
 */
public interface Knote {
    /** The lowest priority. */
    int MIN_PRIORITY = 0;
    /** The priority of a knote for which none was asked. */
    int NORM_PRIORITY = 3;
    /** The highest priority. */
    int MAX_PRIORITY = 7;

    /**
     * The queue.
     *
     * @return the queue that the knote belongs to
     */
    KeventQueue queue();

    /**
     * What the knote watches.
     *
     * @return the kind of its source
     */
    EventKind kind();

    /**
     * The attachment.
     *
     * @return the object that the program attached, or null
     */
    Object attachment();

    /**
     * Replaces the attachment. An event that was delivered before keeps the one it was delivered with.
     *
     * @param attachment the new one, or null
     * @return the one before
     */
    Object attach(Object attachment);

    /**
     * The interest set: operations, where the kind of source has them, and options.
     *
     * @return operations of {@code SelectionKey} and options of {@link KeventOps}; 0 after the delivery of a {@link KeventOps#OP_ONESHOT} knote
     * @throws DeletedKnoteException if the knote is deleted
     */
    int interestOps();

    /**
     * Replaces the interest set, arms the knote if {@link KeventOps#OP_ONESHOT} had disarmed it, and enables it.
     *
     * @param ops for channels and FIFOs operations and options, for other kinds options only
     * @return this knote
     * @throws IllegalArgumentException if {@code ops} holds a bit that means nothing for this kind of source, named in the message
     * @throws DeletedKnoteException if the knote is deleted
     * @throws java.io.UncheckedIOException if the kernel refuses
     */
    Knote interestOps(int ops);

    /**
     * Enables the knote: what was kept while it was disabled, or is still ready, is delivered. A knote that is enabled stays so.
     *
     * @return this knote
     * @throws DeletedKnoteException if the knote is deleted
     * @throws java.io.UncheckedIOException if the kernel refuses
     */
    Knote enable();

    /**
     * Disables the knote: nothing of it is delivered until it is enabled. An event that is in a thread's batch by now has been delivered.
     *
     * @return this knote
     * @throws DeletedKnoteException if the knote is deleted
     * @throws java.io.UncheckedIOException if the kernel refuses
     */
    Knote disable();

    /**
     * Tells whether events of it may be delivered.
     *
     * @return false if the knote was disabled, by {@link #disable()} or by its dispatch, or is deleted
     */
    boolean isEnabled();

    /**
     * The priority.
     *
     * @return from {@link #MIN_PRIORITY} to {@link #MAX_PRIORITY}
     */
    int priority();

    /**
     * Changes the priority; an event that waits to be delivered moves to the end of those of the new one.
     *
     * @param priority from {@link #MIN_PRIORITY} to {@link #MAX_PRIORITY}
     * @return this knote
     * @throws IllegalArgumentException if it is out of range
     * @throws DeletedKnoteException if the knote is deleted
     */
    Knote priority(int priority);

    /**
     * Queues the knote for one last delivery, marked {@link EventBatch#FORCED}, together with what else is to be told of it: whether it is enabled,
     * disabled or being handled. While a thread handles it under {@link KeventOps#OP_DISPATCH} the delivery waits until that thread has enabled it or goes
     * on, so that whoever gets the forced event is alone with the source and may tear it down. After that delivery nothing more is: the knote waits for
     * {@link #delete()}. Asking twice is asking once. From the disable-on-delivery patch for FreeBSD of 2006 ({@code EV_FORCEOS}).
     *
     * @throws DeletedKnoteException if the knote is deleted
     */
    void forceOneshot();

    /**
     * Deletes the knote. What waits to be delivered is dropped, and after this method has returned no thread will begin to handle the knote; one that
     * handles it already goes on. Does nothing to a deleted knote.
     *
     * @throws java.io.UncheckedIOException if the kernel refuses to let go of the source; the knote is deleted nonetheless
     */
    void delete();

    /**
     * Deletes the knote, and waits until no other thread handles it. The calling thread's own handling does not count.
     *
     * @param timeout how long to wait at most
     * @param unit of the timeout
     * @return false if the time was up before; the knote is deleted nonetheless
     * @throws InterruptedException if the thread is interrupted while it waits; the knote is deleted nonetheless
     * @throws java.io.UncheckedIOException if the kernel refuses to let go of the source, after the wait; the knote is deleted nonetheless
     */
    boolean deleteAndAwait(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Tells whether the knote can be used.
     *
     * @return false once it is deleted: by {@link #delete()}, by closing the channel or the queue
     */
    boolean isValid();
}
