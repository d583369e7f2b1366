// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import io.kevent.EventBatch;
import io.kevent.Knote;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

import static io.kevent.KeventOps.OP_DISPATCH;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

/**
 * A connection, as far as it has come. No field but one is volatile and none is guarded by a lock: an event of the connection is in one thread at a time, by
 * {@code OP_DISPATCH}, and when that thread enables the knote it hands on all that it has written to the thread that gets the next event.
 *
 * <p>It waits for one thing at a time. While a response is not written out, that is room to write: what the client sends meanwhile stays in the kernel.
 */
class Connection implements Handler {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    /** Room for the head of a request. */
    private static final int HEAD_BYTES = 8192;

    private static final ByteBuffer[] NOTHING = {};

    /** Instead of an operation to wait for: there is none any more. */
    private static final int OVER = 0;

    private final SocketChannel channel;
    private final Consumer<Knote> onGone;

    /** What has come and is not parsed yet, from position to limit. */
    private final ByteBuffer in = ByteBuffer.allocate(HEAD_BYTES).flip();

    /** What is to be written. */
    private ByteBuffer[] out = NOTHING;

    /** The request whose head has come, and whose body has not. */
    private Request request;

    /** Whether the client will send no more. */
    private boolean inputEnded;

    /** Whether no request will be answered after that of {@link #out}, and whether the client was told so. */
    private boolean last;
    private boolean outputEnded;

    /** When a byte came or went; read by the thread that looks for idle connections. */
    private volatile long activeAt = System.nanoTime();

    Connection(SocketChannel channel, Consumer<Knote> onGone) {
        this.channel = channel;
        this.onGone = onGone;
    }

    /** For how long nothing has come or gone. Any thread. */
    long idleNanos() {
        return System.nanoTime() - activeAt;
    }

    @Override
    public final void handle(EventBatch event) {
        int awaited = serve(event);
        if (awaited != OVER) {
            // enables the knote: from here on another thread may have the connection
            event.knote().interestOps(awaited | OP_DISPATCH);
        }
    }

    /** Does what can be done, and answers the operation to wait for, or {@link #OVER} if it has torn the connection down. */
    int serve(EventBatch event) {
        int awaited = OVER;
        try {
            if (!event.has(EventBatch.FORCED)) {
                awaited = proceed(event.readyOps());
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the client has gone", e);
        }
        if (awaited == OVER) {
            tearDown(event.knote());
        }
        return awaited;
    }

    /** Called once, by the thread that has the connection; nobody else can get it any more. */
    void tearDown(Knote knote) {
        knote.delete();
        onGone.accept(knote);
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot close " + channel, e);
        }
    }

    private int proceed(int ready) throws IOException {
        if ((ready & OP_READ) != 0) {
            read();
        }
        for (;;) {
            if (!write()) {
                return OP_WRITE;
            }
            if (last) {
                return linger();
            }
            if (!answerNext()) {
                return inputEnded ? OVER : OP_READ;
            }
        }
    }

    /** Reads once: if there is more, the next event tells it, and others have their turn before. */
    private void read() throws IOException {
        int count = channel.read(in.compact());
        in.flip();
        inputEnded = count < 0;
        if (count > 0 && !last) {
            activeAt = System.nanoTime();
        }
    }

    /** Writes what the kernel takes, and tells whether that was all. */
    private boolean write() throws IOException {
        if (out.length == 0) {
            return true;
        }
        if (channel.write(out) > 0) {
            activeAt = System.nanoTime();
        }
        if (out[out.length - 1].hasRemaining()) {
            return false;
        }
        out = NOTHING;
        return true;
    }

    /** Takes the answer to the next request as what is to be written; false if there is no whole request yet. */
    private boolean answerNext() {
        try {
            if (request == null) {
                request = Request.parse(in);
            }
            if (request == null || !request.skipBody(in)) {
                return false;
            }
            out = Site.answer(request);
            last = !request.keepsAlive();
            request = null;
        } catch (RefusedException e) {
            out = Response.refusal(e.status(), true, false);
            last = true;
        }
        return true;
    }

    /** Waits for the client to close. If the server did while something of it was unread, the kernel would take the last response back from the client. */
    private int linger() throws IOException {
        in.position(in.limit());
        if (!outputEnded) {
            channel.shutdownOutput();
            outputEnded = true;
        }
        return inputEnded ? OVER : OP_READ;
    }
}
