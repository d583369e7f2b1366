// SPDX-License-Identifier: Apache-2.0
package io.kevent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * One queue for every kind of event, on which any number of threads wait.
 *
 * <pre>{@code
 * try (KeventQueue queue = KeventQueue.open()) {
 *     queue.register(listener, OP_ACCEPT, null);
 *     queue.timer(Duration.ofSeconds(30), "time to clean up");
 *     EventBatch batch = queue.newBatch(64);              // one for each thread
 *     for (;;) {
 *         queue.take(batch);
 *         while (batch.next()) {
 *             handle(batch);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>Delivery.</b> An event goes to one thread. One that arrives while several threads wait goes to the one that went to sleep last, the others sleep on;
 * only the thread that watches the kernel takes what it finds itself. Without {@link KeventOps#OP_DISPATCH} or {@link KeventOps#OP_EDGE} a channel that stays
 * ready is delivered again with each {@code take}, to other threads as well: programs of several threads want one of the two.
 *
 * <p><b>Registering</b> the same channel, signal, path, FIFO end or process again answers the same knote, with its operations, options, priority and
 * attachment replaced, enabled or disabled as asked for. Each registration takes {@code flags}: the options of {@link KeventOps}, {@link #DISABLED}, and
 * {@link #priority}. Those that mean nothing for the kind of source are refused by name. {@link KeventOps#OP_EDGE} is implied where a source consists of
 * occurrences (timers, user events, signals, paths, processes): each is told once. {@link KeventOps#OP_ONESHOT} disarms the knote with its first delivery, and
 * leaves it to be armed anew by {@link Knote#interestOps(int)}.
 *
 * <p>All methods may be called by any thread. Locks of the queue are never held while the program's code runs or while a thread waits; a virtual thread that
 * waits leaves its carrier (JDK 24 and later).
 *
 * <p>From kqueue of FreeBSD, the Linux kevent patches of 2006, and what J. G. Myers wrote in 2002 of the needs of thread pools.
 */
public abstract class KeventQueue implements Closeable {
    /** Flag of a registration: the knote is made disabled, and keeps what happens until it is enabled. */
    public static final int DISABLED = 1 << 28;

    private static final int PRIORITY_SHIFT = 16;
    private static final int PRIORITY_MASK = 0xf << PRIORITY_SHIFT;

    /** For kevent's provider. */
    protected KeventQueue() { }

    /**
     * Opens a queue without a limit of concurrency.
     *
     * @return the queue
     * @throws IOException if the process has no descriptor or memory left
     * @throws IllegalStateException if kevent cannot run here; the message says why and what to do
     */
    public static KeventQueue open() throws IOException {
        return open(QueueOptions.defaults());
    }

    /**
     * Opens a queue.
     *
     * @param options how it is to behave
     * @return the queue
     * @throws IOException if the process has no descriptor or memory left
     * @throws IllegalStateException if kevent cannot run here; the message says why and what to do
     */
    public static KeventQueue open(QueueOptions options) throws IOException {
        Iterator<KeventQueueProvider> providers = ServiceLoader.load(KeventQueueProvider.class, KeventQueue.class.getClassLoader()).iterator();
        if (!providers.hasNext()) {
            throw new IllegalStateException("no provider of queues is on the class path: add kevent-provider.jar, or start the JVM with"
                    + " -javaagent:kevent-agent.jar");
        }
        return providers.next().open(options);
    }

    /**
     * The flag of a registration that gives the knote a priority.
     *
     * @param priority from {@link Knote#MIN_PRIORITY} to {@link Knote#MAX_PRIORITY}; {@link Knote#NORM_PRIORITY} where the flag is left out
     * @return bits to be or'ed to the flags
     * @throws IllegalArgumentException if it is out of range
     */
    public static int priority(int priority) {
        return requirePriority(priority) + 1 << PRIORITY_SHIFT;
    }

    /**
     * The priority that flags ask for; for kevent's provider.
     *
     * @param flags flags of a registration
     * @return the priority
     */
    public static int priorityOf(int flags) {
        int bits = (flags & PRIORITY_MASK) >>> PRIORITY_SHIFT;
        return bits == 0 ? Knote.NORM_PRIORITY : requirePriority(bits - 1);
    }

    /**
     * Flags without those that are not part of the interest set; for kevent's provider.
     *
     * @param flags flags of a registration
     * @return operations and options
     */
    public static int opsOf(int flags) {
        return flags & ~(PRIORITY_MASK | DISABLED);
    }

    /**
     * Refuses a priority that is none; for kevent's provider.
     *
     * @param priority a number
     * @return it
     * @throws IllegalArgumentException if it is out of range
     */
    public static int requirePriority(int priority) {
        if (priority < Knote.MIN_PRIORITY || priority > Knote.MAX_PRIORITY) {
            throw new IllegalArgumentException("priority " + priority + " is not from " + Knote.MIN_PRIORITY + " to " + Knote.MAX_PRIORITY);
        }
        return priority;
    }

    // ---- registering

    /**
     * Watches a channel. Closing the channel deletes the knote; deleting the knote leaves the channel open. The channel may be registered with selectors and
     * other queues as well.
     *
     * @param channel a channel of the JDK, in non-blocking mode
     * @param flags operations of the channel, options, {@link #DISABLED}, {@link #priority}
     * @param attachment the knote's attachment, or null
     * @return the knote
     * @throws ClosedChannelException if the channel is closed
     * @throws IOException if the kernel refuses; nothing is changed then
     * @throws IllegalArgumentException if a flag means nothing here, if the channel is not one of the JDK, or if it is that of a FIFO of this queue
     * @throws java.nio.channels.IllegalBlockingModeException if the channel is in blocking mode
     * @throws ClosedQueueException if the queue is closed
     */
    public abstract ChannelKnote register(SelectableChannel channel, int flags, Object attachment) throws IOException;

    /**
     * Makes a timer that runs out once.
     *
     * @param delay how long from now; zero or less is at once
     * @param attachment the knote's attachment, or null
     * @return the knote
     * @throws ClosedQueueException if the queue is closed
     */
    public TimerKnote timer(Duration delay, Object attachment) {
        return timer(delay, null, 0, attachment);
    }

    /**
     * Makes a timer.
     *
     * @param delay how long from now to the first expiration; zero or less is at once
     * @param period from one expiration to the next, counted from when each is due; null for once
     * @param flags options, {@link #DISABLED}, {@link #priority}
     * @param attachment the knote's attachment, or null
     * @return the knote
     * @throws IllegalArgumentException if a flag means nothing here, or the period is not positive
     * @throws ClosedQueueException if the queue is closed
     */
    public abstract TimerKnote timer(Duration delay, Duration period, int flags, Object attachment);

    /**
     * Makes a timer by the wall clock; see {@link TimerKnote#set(Instant, Duration)}.
     *
     * @param time when it runs out first; a time that is past is now
     * @param period from one expiration to the next, counted from when each is due; null for once
     * @param flags options, {@link #DISABLED}, {@link #priority}
     * @param attachment the knote's attachment, or null
     * @return the knote
     * @throws IllegalArgumentException if a flag means nothing here, or the period is not positive
     * @throws ClosedQueueException if the queue is closed
     */
    public abstract TimerKnote timer(Instant time, Duration period, int flags, Object attachment);

    /**
     * Makes an event that the program triggers.
     *
     * @param flags options, {@link #DISABLED}, {@link #priority}
     * @param attachment the knote's attachment, or null
     * @return the knote
     * @throws IllegalArgumentException if a flag means nothing here
     * @throws ClosedQueueException if the queue is closed
     */
    public abstract UserKnote user(int flags, Object attachment);

    /**
     * Watches a signal. While it is watched its default action does not happen, as if the program had a handler for it; a handler that the program has
     * installed in the JVM before runs as well. Several queues may watch one signal, and each is told.
     *
     * @param name the signal's name without {@code SIG}, such as {@code HUP}
     * @param flags options, {@link #DISABLED}, {@link #priority}
     * @param attachment the knote's attachment, or null
     * @return the knote
     * @throws IllegalArgumentException if a flag means nothing here, if there is no such signal, or if the JVM needs it for itself
     * @throws ClosedQueueException if the queue is closed
     */
    public abstract SignalKnote signal(String name, int flags, Object attachment);

    /**
     * Watches one end of a named pipe, which it opens; see {@link FifoKnote}.
     *
     * @param path a named pipe
     * @param flags either {@code OP_READ} or {@code OP_WRITE}, options, {@link #DISABLED}, {@link #priority}
     * @param attachment the knote's attachment, or null
     * @return the knote
     * @throws IOException if there is no named pipe of that path, or it cannot be opened
     * @throws IllegalArgumentException if a flag means nothing here
     * @throws ClosedQueueException if the queue is closed
     */
    public abstract FifoKnote fifo(Path path, int flags, Object attachment) throws IOException;

    /**
     * Watches a path; see {@link PathKnote}.
     *
     * @param path a file, a directory, or a name that is not there yet in a directory that is
     * @param kinds what to watch for: {@link PathKnote#CREATE}, {@link PathKnote#MODIFY}, {@link PathKnote#DELETE}, {@link PathKnote#RENAME}
     * @param flags options, {@link #DISABLED}, {@link #priority}
     * @param attachment the knote's attachment, or null
     * @return the knote
     * @throws java.nio.file.NoSuchFileException if the directory in which the path would be is not there
     * @throws IOException if the directory cannot be watched
     * @throws IllegalArgumentException if a flag means nothing here, {@code kinds} holds none or another bit, or the path is not of the default file system
     * @throws ClosedQueueException if the queue is closed
     */
    public abstract PathKnote path(Path path, int kinds, int flags, Object attachment) throws IOException;

    /**
     * Waits for the end of a process; one that has ended already is told at once.
     *
     * @param process a process that this JVM has started
     * @param flags options, {@link #DISABLED}, {@link #priority}
     * @param attachment the knote's attachment, or null
     * @return the knote, whose event tells the exit status
     * @throws IllegalArgumentException if a flag means nothing here
     * @throws ClosedQueueException if the queue is closed
     */
    public abstract ProcessKnote process(Process process, int flags, Object attachment);

    /**
     * Waits for the end of any process; one that has ended already is told at once.
     *
     * @param process the handle of a process other than this one
     * @param flags options, {@link #DISABLED}, {@link #priority}
     * @param attachment the knote's attachment, or null
     * @return the knote, whose event does not tell the exit status
     * @throws IllegalArgumentException if a flag means nothing here
     * @throws IllegalStateException if it is the current process
     * @throws ClosedQueueException if the queue is closed
     */
    public abstract ProcessKnote process(ProcessHandle process, int flags, Object attachment);

    // ---- taking

    /**
     * Makes a batch to take events with.
     *
     * @param capacity how many events it can hold
     * @return the batch, for this queue
     * @throws IllegalArgumentException if the capacity is less than 1
     */
    public abstract EventBatch newBatch(int capacity);

    /**
     * Takes events: returns as soon as there are {@code min}, or with fewer when the time is up.
     *
     * @param batch what to put them in; what {@link EventBatch#next()} has not come to of its events is given back first
     * @param min how many to wait for; 0 is not to wait
     * @param max how many to take at most, if more are there; with 0 the method returns at once, as kqueue does
     * @param timeout how long to wait at most; 0 is not to wait, {@link Long#MAX_VALUE} is without a bound
     * @param unit of the timeout
     * @return how many events are in the batch
     * @throws InterruptedException if the thread is interrupted before or while it waits; no event is lost by it
     * @throws IOException if the kernel refuses
     * @throws IllegalArgumentException if it does not hold that 0 &le; min &le; max &le; the batch's capacity, if the timeout is negative, or if the batch is
     *     another queue's
     * @throws ClosedQueueException if the queue is closed, before or while the thread waits
     */
    public abstract int take(EventBatch batch, int min, int max, long timeout, TimeUnit unit) throws InterruptedException, IOException;

    /**
     * Takes events, and waits until there is one.
     *
     * @param batch what to put them in
     * @return how many events are in the batch
     * @throws InterruptedException if the thread is interrupted before or while it waits; no event is lost by it
     * @throws IOException if the kernel refuses
     * @throws ClosedQueueException if the queue is closed, before or while the thread waits
     */
    public int take(EventBatch batch) throws InterruptedException, IOException {
        return take(batch, 1, batch.capacity(), Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    /**
     * Takes the events that are there, without waiting.
     *
     * @param batch what to put them in
     * @return how many events are in the batch, perhaps 0
     * @throws IOException if the kernel refuses
     * @throws ClosedQueueException if the queue is closed
     */
    public abstract int poll(EventBatch batch) throws IOException;

    /**
     * Runs a section that may block, and gives the calling thread's place under {@link QueueOptions#concurrency} to another thread meanwhile. The thread
     * takes it back at the end without waiting, so that for a while one thread more than the limit may be working. Of a thread that is not working, the
     * section is just run.
     *
     * @param section what to run
     * @param <T> type of its result
     * @return its result
     * @throws Exception what it throws
     */
    public abstract <T> T blocking(Callable<T> section) throws Exception;

    // ---- the end

    /**
     * Tells whether the queue can be used.
     *
     * @return false once it is closed
     */
    public abstract boolean isOpen();

    /**
     * Closes the queue: each thread that waits gets a {@link ClosedQueueException}, each knote is deleted, and what the queue has opened (its descriptors, FIFO
     * ends, watches of directories and signals) is closed when this method returns. Channels stay open. A thread that handles an event goes on. Does
     * nothing to a queue that is closed.
     *
     * @throws IOException if closing something failed, after the rest is closed
     */
    @Override
    public abstract void close() throws IOException;
}
