// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ChannelKnote;
import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static io.kevent.KeventOps.OP_DISPATCH;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A server's side of a connection whose every message is the connection's number, which is sent back. It checks that it is told of what is its own. */
final class ServedConnection {
    static final int MESSAGE = Long.BYTES;

    /** How a connection ends. */
    enum End {
        DELETE_AND_CLOSE, CLOSE, FORCED, PEER_CLOSES, PEER_RESETS, OTHERS_DELETE, OTHERS_CLOSE;

        static End of(long number) {
            return values()[(int) (number % values().length)];
        }

        boolean isByOthers() {
            return this == OTHERS_DELETE || this == OTHERS_CLOSE;
        }
    }

    final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(MESSAGE);
    private final AtomicInteger handling = new AtomicInteger();
    private final Runnable onEnd;
    private volatile boolean tornDown;
    private volatile long number;
    private volatile ChannelKnote knote;
    private int messages;
    private boolean wasRead;

    ServedConnection(SocketChannel channel, Runnable onEnd) {
        this.channel = channel;
        this.onEnd = onEnd;
    }

    /** From here on it may be handled by another thread. */
    void register(KeventQueue queue) throws IOException {
        channel.configureBlocking(false);
        queue.register(channel, OP_READ | OP_DISPATCH, this);
    }

    long number() {
        return number;
    }

    private End end() {
        return End.of(number);
    }

    /** An event was taken; under dispatch one thread is here at a time. Returns whether the connection has just come to know its number. */
    boolean handle(EventBatch event) throws IOException {
        assertEquals(0, handling.getAndIncrement(), "two threads handle it");
        assertFalse(tornDown, "told after it was torn down");
        boolean first = number == 0;
        knote = (ChannelKnote) event.knote();
        try {
            if (event.has(EventBatch.FORCED)) {
                assertEquals(End.FORCED, end());
                tearDown();
                return false;
            }
            assertEquals(OP_READ, event.readyOps());
            serve();
        } catch (ClosedChannelException | DeletedKnoteException e) {
            assertTrue(end().isByOthers(), e::toString);
        }
        return first && number != 0;
    }

    private void serve() throws IOException {
        int count;
        try {
            count = channel.read(buffer);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            assertEquals(End.PEER_RESETS, end(), e::toString);
            count = -1;
        }
        // later it may be told again of bytes that the thread which watches the kernel was told of and another has read since
        assertTrue(count != 0 || wasRead, "told to be readable, with nothing to read");
        wasRead = true;
        if (count < 0) {
            tearDown();
            return;
        }
        if (!buffer.hasRemaining()) {
            answer();
            if (messages == 2 && (end() == End.CLOSE || end() == End.DELETE_AND_CLOSE)) {
                tearDown();
                return;
            }
        }
        handling.decrementAndGet();
        knote.enable();
    }

    private void answer() throws IOException {
        long told = buffer.getLong(0);
        if (number == 0) {
            number = told;
        }
        assertEquals(number, told, "another connection's bytes");
        messages++;
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private void tearDown() throws IOException {
        if (end() == End.DELETE_AND_CLOSE) {
            knote.delete();
        }
        channel.close();
        assertFalse(knote.isValid(), "a knote whose channel is closed");
        tornDown = true;
        onEnd.run();
    }

    /** Another thread than the one that handles it ends it. */
    void endByOthers() throws Exception {
        switch (end()) {
            case FORCED:
                knote.forceOneshot();
                break;
            case OTHERS_DELETE:
                assertTrue(knote.deleteAndAwait(30, TimeUnit.SECONDS));
                tornDown = true;
                channel.close();
                onEnd.run();
                break;
            case OTHERS_CLOSE:
                channel.close();
                assertFalse(knote.isValid());
                onEnd.run();
                break;
            default:
                break;
        }
    }
}
