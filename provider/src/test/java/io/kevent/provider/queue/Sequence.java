// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.UserKnote;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;

/**
 * Numbered events of one source, each made when the one before was handled: none can be merged with another, and one that is lost stops the sequence. One
 * that is delivered twice is out of order.
 */
abstract class Sequence implements Closeable {
    private final long last;
    private long made;
    private volatile long handled;

    Sequence(long last) {
        this.last = last;
    }

    /** Makes the next event if the one before was handled; one thread does this. Returns whether it did. */
    final boolean makeNext() throws IOException {
        if (made == last || handled != made) {
            return false;
        }
        make(++made);
        return true;
    }

    abstract void make(long number) throws IOException;

    /** Handles an event. */
    abstract void handle(EventBatch event) throws IOException;

    final synchronized void handled(long number) {
        if (number != handled + 1) {
            throw new AssertionError(this + ": event " + number + " comes after " + handled);
        }
        handled = number;
    }

    final boolean isOver() {
        return handled == last;
    }

    final long handled() {
        return handled;
    }

    @Override
    public void close() throws IOException { }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " " + handled + " of " + made;
    }

    /** A user event whose value is the number. */
    static final class Triggers extends Sequence {
        private final UserKnote knote;

        Triggers(KeventQueue queue, long last) {
            super(last);
            this.knote = queue.user(0, this);
        }

        @Override
        void make(long number) {
            knote.trigger(number);
        }

        @Override
        void handle(EventBatch event) {
            handled(event.data());
        }
    }

    /** Bytes of a pipe, each the low bits of the number. */
    static final class Bytes extends Sequence {
        private final Pipe pipe = Pipe.open();
        private final ByteBuffer written = ByteBuffer.allocate(1);
        private final ByteBuffer read = ByteBuffer.allocate(16);
        private final boolean dispatched;

        Bytes(KeventQueue queue, long last, boolean dispatched) throws IOException {
            super(last);
            this.dispatched = dispatched;
            pipe.source().configureBlocking(false);
            queue.register(pipe.source(), OP_READ | (dispatched ? OP_DISPATCH : OP_EDGE), this);
        }

        @Override
        void make(long number) throws IOException {
            WritableByteChannel sink = pipe.sink();
            written.clear().put(0, (byte) number);
            while (written.hasRemaining()) {
                sink.write(written);
            }
        }

        /** Reads all there is, as one has to under edge-trigger. */
        @Override
        synchronized void handle(EventBatch event) throws IOException {
            ReadableByteChannel source = pipe.source();
            while (source.read(read.clear()) > 0) {
                for (int i = 0; i < read.position(); i++) {
                    long expected = handled() + 1;
                    // the nearest number with these low bits
                    handled(expected + (byte) (read.get(i) - (byte) expected));
                }
            }
            if (dispatched) {
                event.knote().enable();
            }
        }

        @Override
        public void close() throws IOException {
            pipe.source().close();
            pipe.sink().close();
        }
    }
}
