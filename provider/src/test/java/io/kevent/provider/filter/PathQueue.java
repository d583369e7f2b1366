// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventBatch;
import io.kevent.Knote;
import io.kevent.PathKnote;
import io.kevent.QueueOptions;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.queue.Clockwork;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** A queue that knows of paths only, and what it has told. */
final class PathQueue {
    private static final Clockwork NEVER = new Clockwork() {
        @Override
        public long nanosToNext() {
            return Clockwork.NEVER;
        }

        @Override
        public void run() { }
    };

    final Dispatcher dispatcher = new Dispatcher(null, JdkKernel.INSTANCE, SelectorProvider.provider(), QueueOptions.UNLIMITED);
    final PathFilter filter = new PathFilter(dispatcher);
    final QueueBatch batch = new QueueBatch(dispatcher, 64);
    final Map<Knote, Told> told = new HashMap<>();

    PathQueue() throws IOException {
        dispatcher.drive(NEVER);
    }

    PathKnote watch(Path path, int kinds) throws IOException {
        return filter.register(path, kinds, 0, null);
    }

    Told of(Knote knote) {
        return told.computeIfAbsent(knote, unknown -> new Told());
    }

    /** Takes until all the kinds of a knote have been told, and answers what was told of it. */
    Told await(Knote knote, int kinds) throws Exception {
        return await(knote, kinds, 0);
    }

    Told await(Knote knote, int kinds, int flags) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while ((of(knote).kinds & kinds) != kinds || (of(knote).flags & flags) != flags) {
            long left = deadline - System.nanoTime();
            assertTrue(left > 0, () -> knote + " was not told " + kinds + " within 10 s, but " + told);
            take(1, left);
        }
        return of(knote);
    }

    void take(int min, long nanos) throws Exception {
        dispatcher.take(batch, min, batch.capacity(), nanos);
        while (batch.next()) {
            Told what = of(batch.knote());
            what.kinds |= batch.filterFlags();
            what.count += batch.data();
            what.flags |= batch.flags();
            what.error = batch.error() == null ? what.error : batch.error();
            what.events++;
        }
    }

    void close() throws IOException {
        if (dispatcher.shut()) {
            filter.close();
            dispatcher.close();
        }
    }

    /** What was told of a knote. */
    static final class Told {
        int kinds;
        long count;
        int flags;
        Throwable error;
        int events;

        @Override
        public String toString() {
            return "kinds " + kinds + ", count " + count + ", flags " + EventBatch.flagsToString(flags) + ", error " + error + ", in " + events + " events";
        }
    }
}
