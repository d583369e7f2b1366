// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.UserKnote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What happened to a source, and what was delivered of it: at the end the two must balance. */
abstract class Account {
    final KeventQueue queue;
    final int options;

    /** Whether the knote is deleted and was seen to be handled by nobody. */
    private volatile boolean gone;

    Account(KeventQueue queue, int options) {
        this.queue = queue;
        this.options = options;
    }

    abstract Knote knote();

    /** Operations that there are. */
    int operations() {
        return 0;
    }

    /** Something happens to the source. */
    abstract void happen(Random random) throws IOException;

    /** An event is handled. */
    abstract void credit(EventBatch event) throws IOException;

    /** All that was to be delivered has been: compares. */
    abstract void balance() throws IOException;

    final void handle(EventBatch event) throws IOException {
        credit(event);
        if ((options & (KeventOps.OP_DISPATCH | KeventOps.OP_ONESHOT)) != 0) {
            rearm(event.knote());
        }
        assertFalse(gone, "handled after somebody has waited for the end of it");
    }

    /** Not by {@link #knote()}, which is not known yet when the first event comes. */
    final void rearm(Knote knote) {
        try {
            knote.interestOps(options | operations());
        } catch (DeletedKnoteException e) {
            assertFalse(knote.isValid(), e.getMessage());
        }
    }

    /** Deletes the knote; nothing needs to balance any more. */
    final void delete() throws InterruptedException {
        assertTrue(knote().deleteAndAwait(30, TimeUnit.SECONDS), "somebody goes on handling it");
        gone = true;
    }

    void close() throws IOException { }

    /** The value of the last trigger arrives; one before it may have been merged with a later one, but is never told twice. */
    static final class Values extends Account {
        private final UserKnote knote;
        private final BitSet told = new BitSet();
        private int last;

        Values(KeventQueue queue, int options) {
            super(queue, options);
            this.knote = queue.user(options, this);
        }

        @Override
        Knote knote() {
            return knote;
        }

        @Override
        synchronized void happen(Random random) {
            if (knote.isValid()) {
                knote.trigger(++last);
            }
        }

        @Override
        synchronized void credit(EventBatch event) {
            int value = (int) event.data();
            assertFalse(told.get(value), () -> "value " + value + " is told twice");
            told.set(value);
        }

        @Override
        synchronized void balance() {
            assertTrue(last == 0 || told.get(last), () -> "the last value " + last + " is not told, but " + told.length());
            assertEquals(last + 1, Math.max(1, told.length()), "a value that nobody triggered");
        }
    }

    /** Each byte arrives, once and in its place. */
    static final class Bytes extends Account {
        private static final int MOST = 64;

        private final Pipe pipe = Pipe.open();
        private final Knote knote;
        private final ByteBuffer read = ByteBuffer.allocate(MOST);
        private long bytesRead;
        private long bytesWritten;

        Bytes(KeventQueue queue, int options) throws IOException {
            super(queue, options);
            pipe.source().configureBlocking(false);
            pipe.sink().configureBlocking(false);
            this.knote = queue.register(pipe.source(), OP_READ | options, this);
        }

        @Override
        Knote knote() {
            return knote;
        }

        @Override
        int operations() {
            return OP_READ;
        }

        @Override
        void happen(Random random) throws IOException {
            synchronized (pipe) {
                ByteBuffer bytes = ByteBuffer.allocate(1 + random.nextInt(MOST));
                for (int i = 0; i < bytes.capacity(); i++) {
                    bytes.put(i, (byte) (bytesWritten + i));
                }
                bytesWritten += pipe.sink().write(bytes);
            }
        }

        /** Without an option a thread may leave some of it; with edge-trigger nothing would tell it again. */
        @Override
        synchronized void credit(EventBatch event) throws IOException {
            do {
                read.clear();
                pipe.source().read(read);
                read.flip();
                while (read.hasRemaining()) {
                    assertEquals((byte) bytesRead++, read.get(), "byte in its place");
                }
            } while (read.limit() > 0 && (options & KeventOps.OP_EDGE) != 0);
        }

        @Override
        synchronized void balance() {
            assertEquals(bytesWritten, bytesRead, "bytes");
        }

        @Override
        void close() throws IOException {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    /** Each expiration is counted once. */
    static final class Expirations extends Account {
        private static final long PERIOD_NANOS = 300_000;

        private final long before = System.nanoTime();
        private final Knote knote;
        private final long after;
        private long told;

        Expirations(KeventQueue queue, int options) {
            super(queue, options);
            Duration period = Duration.ofNanos(PERIOD_NANOS);
            this.knote = queue.timer(period, period, options, this);
            this.after = System.nanoTime();
        }

        @Override
        Knote knote() {
            return knote;
        }

        @Override
        void happen(Random random) { }

        @Override
        synchronized void credit(EventBatch event) {
            assertTrue(event.data() > 0, "an event without an expiration");
            told += event.data();
            assertTrue(told <= (System.nanoTime() - before) / PERIOD_NANOS, "more expirations than there were");
        }

        @Override
        void balance() throws IOException {
            long due = (System.nanoTime() - after) / PERIOD_NANOS;
            EventBatch batch = queue.newBatch(16);
            queue.poll(batch);
            while (batch.next()) {
                ((Account) batch.attachment()).handle(batch);
            }
            synchronized (this) {
                assertTrue(told >= due, () -> due + " expirations, of which " + told + " were told");
            }
        }
    }
}
