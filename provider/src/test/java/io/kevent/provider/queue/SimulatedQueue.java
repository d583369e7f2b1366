// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ChannelKnote;
import io.kevent.TimerKnote;
import io.kevent.UserKnote;
import io.kevent.provider.filter.ChannelFilter;
import io.kevent.provider.filter.TestTimers;
import io.kevent.provider.filter.TimerFilter;
import io.kevent.provider.filter.UserFilter;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.SimulatedKernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A dispatcher with its filters, a kernel of which the test says what is ready, and a clock that the test moves on. */
final class SimulatedQueue implements AutoCloseable {
    final SimulatedKernel kernel;
    final Dispatcher dispatcher;
    final ChannelFilter channels;
    final UserFilter users;
    final TimerFilter timers;

    /** In nanoseconds. */
    volatile long clock;

    private final List<DatagramChannel> opened = new ArrayList<>();

    SimulatedQueue(int batch) {
        this.kernel = new SimulatedKernel(batch);
        try {
            this.dispatcher = new Dispatcher(null, kernel, SelectorProvider.provider(), Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.channels = new ChannelFilter(dispatcher);
        this.users = new UserFilter(dispatcher);
        this.timers = TestTimers.of(dispatcher, () -> clock);
        dispatcher.drive(timers);
    }

    /** Registers a new channel; what is ready is up to the test, whatever the channel thinks of itself. */
    ChannelKnote channel(int flags) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        opened.add(channel);
        channel.configureBlocking(false);
        return channels.register(channel, flags, null);
    }

    UserKnote user(int flags) {
        return users.register(flags, null);
    }

    TimerKnote timer(long delayNanos, long periodNanos, int flags) {
        return timers.register(Duration.ofNanos(delayNanos), periodNanos == 0 ? null : Duration.ofNanos(periodNanos), flags, null);
    }

    void arrive(ChannelKnote knote, int events) {
        kernel.arrive(JdkChannels.descriptor(knote.channel()), events);
    }

    void drain(ChannelKnote knote, int events) {
        kernel.drain(JdkChannels.descriptor(knote.channel()), events);
    }

    QueueBatch newBatch(int capacity) {
        return new QueueBatch(dispatcher, capacity);
    }

    /** Takes what is there, at most so many events. */
    int poll(QueueBatch batch, int max) {
        return take(batch, 0, max, 0);
    }

    int take(QueueBatch batch, int min, int max, long nanos) {
        try {
            return dispatcher.take(batch, min, max, nanos);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (dispatcher.shut()) {
            channels.close();
            timers.close();
            users.close();
            dispatcher.close();
        }
        for (DatagramChannel channel : opened) {
            channel.close();
        }
    }
}
