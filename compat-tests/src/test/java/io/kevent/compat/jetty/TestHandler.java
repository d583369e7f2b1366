// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * What the server answers, all of it asynchronously, so that reading and writing go through the selector:
 * {@code GET /hello/<anything>} a short text with the path in it, {@code GET /bytes?size=&seed=} a body that {@link Bodies} makes,
 * {@code POST /echo} the body it got, once all of it is there, with its SHA-256 in the header {@value #DIGEST}.
 */
final class TestHandler extends Handler.Abstract.NonBlocking {
    static final String DIGEST = "Received-SHA-256";
    private static final int PIECE = 32 * 1024;

    private final LongAdder consumed = new LongAdder();

    /** Body bytes read by now, of all requests. */
    long consumed() {
        return consumed.sum();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (path.startsWith("/hello/")) {
            answer(response, Bodies.hello(path.substring("/hello/".length())), callback);
        } else if (path.equals("/bytes")) {
            Fields query = Request.extractQueryParameters(request);
            byte[] body = Bodies.random(Integer.parseInt(query.getValue("size")), Long.parseLong(query.getValue("seed")));
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            Content.copy(Content.Source.from(pieces(body)), response, callback);
        } else if (path.equals("/echo")) {
            new Echo(request, response, callback).run();
        } else {
            return false;
        }
        return true;
    }

    private static void answer(Response response, byte[] body, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static ByteBuffer[] pieces(byte[] body) {
        ByteBuffer[] pieces = new ByteBuffer[(body.length + PIECE - 1) / PIECE];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = ByteBuffer.wrap(body, i * PIECE, Math.min(PIECE, body.length - i * PIECE)).slice();
        }
        return pieces;
    }

    /** Reads what is there, and asks to be called again for more. */
    private final class Echo implements Runnable {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final Request request;
        private final Response response;
        private final Callback callback;

        Echo(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    callback.failed(chunk.getFailure());
                    return;
                }
                byte[] bytes = new byte[chunk.remaining()];
                chunk.getByteBuffer().get(bytes);
                body.writeBytes(bytes);
                consumed.add(bytes.length);
                boolean last = chunk.isLast();
                chunk.release();
                if (last) {
                    byte[] all = body.toByteArray();
                    response.getHeaders().put(DIGEST, Bodies.sha256(all));
                    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, all.length);
                    Content.copy(Content.Source.from(pieces(all)), response, callback);
                    return;
                }
            }
        }
    }
}
