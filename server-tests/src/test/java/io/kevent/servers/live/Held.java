// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import io.kevent.servers.programs.Bodies;
import java.io.Closeable;
import java.io.IOException;
import javax.net.SocketFactory;

/**
 * Three connections that stand still: the server waits for the second half of a body on one, for space to write into on the next, and for the next
 * request on the last. Whatever happens to the server meanwhile, all three go on where they stopped.
 */
final class Held implements Closeable {
    /** Far more than the buffers between two ends of a connection take, so that the server cannot be done. */
    private static final int SIZE = 4_000_000;
    private static final int PART = 100_000;
    private static final byte[] BODY_OF_ONE = Bodies.random(1, 1);
    private static final byte[] BODY = Bodies.random(SIZE, SIZE);

    private final HttpConnection uploading;
    private final HttpConnection downloading;
    private final HttpConnection idle;
    private final byte[] download = new byte[SIZE];

    Held(SocketFactory sockets, int port) throws IOException {
        idle = new HttpConnection(sockets, port);
        idle.echo(BODY_OF_ONE);
        uploading = new HttpConnection(sockets, port);
        uploading.begin("POST /echo", SIZE);
        uploading.write(BODY, 0, SIZE / 2);
        downloading = new HttpConnection(sockets, port);
        downloading.begin(HttpConnection.bytes(SIZE, SIZE), 0);
        downloading.head();
        downloading.read(download, 0, PART);
    }

    /** Lets them go on to their ends. */
    void goOn() throws IOException {
        uploading.write(BODY, SIZE / 2, SIZE);
        byte[] upload = new byte[uploading.head()];
        uploading.read(upload, 0, upload.length);
        Bodies.check("the upload that was held", BODY, upload);
        downloading.read(download, PART, SIZE);
        Bodies.check("the download that was held", BODY, download);
        idle.echo(BODY_OF_ONE);
    }

    @Override
    public void close() throws IOException {
        uploading.close();
        downloading.close();
        idle.close();
    }
}
