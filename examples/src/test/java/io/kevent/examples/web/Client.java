// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import io.kevent.examples.support.Bounded;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A client that sends what it is told, and compares what comes byte by byte. It blocks, but not for ever. */
final class Client implements Closeable {
    private static final int SMALL_BUFFER = 16 << 10;

    private final Socket socket = new Socket();

    Client(InetSocketAddress server) throws IOException {
        this(server, 0);
    }

    private Client(InetSocketAddress server, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Bounded.LIMIT.toMillis());
        socket.connect(server);
    }

    /** One to whom little can be sent that it does not read. */
    static Client withSmallBuffer(InetSocketAddress server) throws IOException {
        return new Client(server, SMALL_BUFFER);
    }

    int port() {
        return socket.getLocalPort();
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends a request and takes the response. */
    void exchange(Exchange exchange) throws IOException {
        send(exchange.request());
        take(exchange.response());
    }

    void exchange(List<Exchange> exchanges) throws IOException {
        for (Exchange exchange : exchanges) {
            exchange(exchange);
        }
    }

    /** Takes exactly these bytes. */
    void take(byte[] expected) throws IOException {
        assertSame(expected, socket.getInputStream().readNBytes(expected.length));
    }

    /** Reads some of what comes, so much at most. */
    void readSome(int most) throws IOException {
        socket.getInputStream().readNBytes(most);
    }

    /** No more is sent; what comes is still taken. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Nothing comes any more, and the server has ended it in order. */
    void takeEnd() throws IOException {
        assertEquals(-1, socket.getInputStream().read(), "a byte, where the end was to come");
    }

    /** What still comes until the server has ended the connection, in whatever manner, is the beginning of these bytes. */
    void takeBeginning(byte[] expected) throws IOException {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        byte[] piece = new byte[SMALL_BUFFER];
        try {
            for (int n = socket.getInputStream().read(piece); n >= 0; n = socket.getInputStream().read(piece)) {
                taken.write(piece, 0, n);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server does not end the connection", e);
        } catch (IOException e) {
            // reset: something of ours was unread when the server closed
            assertEquals("Connection reset", e.getMessage());
        }
        byte[] actual = taken.toByteArray();
        assertSame(Arrays.copyOf(expected, Math.min(expected.length, actual.length)), actual);
    }

    private static void assertSame(byte[] expected, byte[] actual) {
        int at = Arrays.mismatch(expected, actual);
        if (at >= 0) {
            throw new AssertionError("byte " + at + " of " + expected.length + " is wrong or missing; " + actual.length + " came");
        }
    }

    /** Lets go of the connection without a word: the kernel throws away what was not read, and tells the server that it is reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
