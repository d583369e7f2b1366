// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.provider.filter.ChannelFilter;
import io.kevent.provider.filter.TimerFilter;
import io.kevent.provider.filter.UserFilter;
import io.kevent.provider.kernel.Kernel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What stands behind a queue, on a kernel that a test looks at, with those of the filters that tests at this depth need. */
public final class TestDispatcher implements Closeable {
    public final Dispatcher dispatcher;
    public final ChannelFilter channels;
    public final UserFilter users;
    public final TimerFilter timers;

    public TestDispatcher(Kernel kernel) throws IOException {
        this(kernel, Duration.ofSeconds(1));
    }

    /**
     * Opens one.
     *
     * @param kernel where descriptors come from
     * @param burials how often it is looked whether a thread that is at work has died
     */
    public TestDispatcher(Kernel kernel, Duration burials) throws IOException {
        this(kernel, burials, Integer.MAX_VALUE);
    }

    /**
     * Opens one.
     *
     * @param kernel where descriptors come from
     * @param burials how often it is looked whether a thread that is at work has died
     * @param concurrency how many threads may work at once
     */
    TestDispatcher(Kernel kernel, Duration burials, int concurrency) throws IOException {
        dispatcher = new Dispatcher(null, kernel, SelectorProvider.provider(), concurrency, burials.toNanos());
        channels = new ChannelFilter(dispatcher);
        users = new UserFilter(dispatcher);
        timers = new TimerFilter(dispatcher);
        dispatcher.drive(timers);
    }

    /** Waits for an event, which the calling thread handles from then on. Returns whose it is. */
    Object takeOne() throws IOException, InterruptedException {
        QueueBatch batch = new QueueBatch(dispatcher, 1);
        dispatcher.take(batch, 1, 1, Dispatcher.FOREVER);
        assertTrue(batch.next());
        return batch.knote();
    }

    @Override
    public void close() throws IOException {
        dispatcher.shut();
        channels.close();
        timers.close();
        dispatcher.close();
    }
}
