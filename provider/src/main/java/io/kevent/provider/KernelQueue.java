// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import io.kevent.ChannelKnote;
import io.kevent.EventBatch;
import io.kevent.FifoKnote;
import io.kevent.KeventQueue;
import io.kevent.PathKnote;
import io.kevent.ProcessKnote;
import io.kevent.QueueOptions;
import io.kevent.SignalKnote;
import io.kevent.TimerKnote;
import io.kevent.UserKnote;
import io.kevent.provider.core.Attempts;
import io.kevent.provider.filter.ChannelFilter;
import io.kevent.provider.filter.FifoFilter;
import io.kevent.provider.filter.Filter;
import io.kevent.provider.filter.PathFilter;
import io.kevent.provider.filter.ProcessFilter;
import io.kevent.provider.filter.SignalFilter;
import io.kevent.provider.filter.TimerFilter;
import io.kevent.provider.filter.UserFilter;
import io.kevent.provider.kernel.JdkProvider;
import io.kevent.provider.kernel.Kernel;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A queue: the filters, each for a kind of source, and the dispatcher, which hands their events to threads. */
final class KernelQueue extends KeventQueue {
    private final Dispatcher dispatcher;
    private final ChannelFilter channels;
    private final TimerFilter timers;
    private final UserFilter users;
    private final SignalFilter signals;
    private final FifoFilter fifos;
    private final PathFilter paths;
    private final ProcessFilter processes;

    /** Held while the queue is being closed: who closes it as well returns when it is. */
    private final ReentrantLock closing = new ReentrantLock();

    KernelQueue(Kernel kernel, QueueOptions options) throws IOException {
        this.dispatcher = new Dispatcher(this, kernel, JdkProvider.get(), options.concurrency());
        this.channels = new ChannelFilter(dispatcher);
        this.timers = new TimerFilter(dispatcher);
        this.users = new UserFilter(dispatcher);
        this.signals = new SignalFilter(dispatcher);
        this.fifos = new FifoFilter(dispatcher);
        this.paths = new PathFilter(dispatcher);
        this.processes = new ProcessFilter(dispatcher);
        dispatcher.drive(timers);
    }

    // ---- registering

    @Override
    public ChannelKnote register(SelectableChannel channel, int flags, Object attachment) throws IOException {
        return channels.register(channel, flags, attachment);
    }

    @Override
    public TimerKnote timer(Duration delay, Duration period, int flags, Object attachment) {
        return timers.register(delay, period, flags, attachment);
    }

    @Override
    public TimerKnote timer(Instant time, Duration period, int flags, Object attachment) {
        return timers.register(time, period, flags, attachment);
    }

    @Override
    public UserKnote user(int flags, Object attachment) {
        return users.register(flags, attachment);
    }

    @Override
    public SignalKnote signal(String name, int flags, Object attachment) {
        return signals.register(name, flags, attachment);
    }

    @Override
    public FifoKnote fifo(Path path, int flags, Object attachment) throws IOException {
        return fifos.register(path, flags, attachment);
    }

    @Override
    public PathKnote path(Path path, int kinds, int flags, Object attachment) throws IOException {
        return paths.register(path, kinds, flags, attachment);
    }

    @Override
    public ProcessKnote process(Process process, int flags, Object attachment) {
        return processes.register(process, flags, attachment);
    }

    @Override
    public ProcessKnote process(ProcessHandle process, int flags, Object attachment) {
        return processes.register(process, flags, attachment);
    }

    // ---- taking

    @Override
    public EventBatch newBatch(int capacity) {
        return new QueueBatch(dispatcher, capacity);
    }

    @Override
    public int take(EventBatch batch, int min, int max, long timeout, TimeUnit unit) throws InterruptedException, IOException {
        if (min < 0 || min > max || max > batch.capacity()) {
            throw new IllegalArgumentException("min " + min + ", max " + max + ", capacity " + batch.capacity()
                    + ": each must not be greater than the next, and min not negative");
        }
        if (timeout < 0) {
            throw new IllegalArgumentException("timeout " + timeout + ": 0 is not to wait, Long.MAX_VALUE without a bound");
        }
        return dispatcher.take(own(batch), min, max, timeout == Long.MAX_VALUE ? Dispatcher.FOREVER : unit.toNanos(timeout));
    }

    @Override
    public int poll(EventBatch batch) throws IOException {
        try {
            return dispatcher.take(own(batch), 0, batch.capacity(), 0);
        } catch (InterruptedException e) {
            throw new AssertionError("who does not wait is not interrupted", e);
        }
    }

    private static QueueBatch own(EventBatch batch) {
        if (batch instanceof QueueBatch) {
            return (QueueBatch) batch;
        }
        throw new IllegalArgumentException(batch.getClass().getName() + " is no batch of a queue of kevent's: make one by newBatch");
    }

    @Override
    public <T> T blocking(Callable<T> section) throws Exception {
        return dispatcher.blocking(section);
    }

    // ---- the end

    @Override
    public boolean isOpen() {
        return dispatcher.isOpen();
    }

    @Override
    public void close() throws IOException {
        closing.lock();
        try {
            if (dispatcher.shut()) {
                closeAll();
            }
        } finally {
            closing.unlock();
        }
    }

    private void closeAll() throws IOException {
        Attempts attempts = new Attempts();
        for (Filter filter : List.of(fifos, channels, timers, users, signals, paths, processes)) {
            attempts.make(filter::close);
        }
        attempts.make(dispatcher::close);
        attempts.end();
    }
}
