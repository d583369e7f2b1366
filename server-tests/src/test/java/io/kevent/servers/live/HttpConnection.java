// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import io.kevent.servers.programs.Bodies;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/** One connection that speaks HTTP/1.1 and stays open; blocking, and in parts, so that a test can stop in the middle of a body. For one thread. */
final class HttpConnection implements Closeable {
    private static final int PATIENCE_SECONDS = 60;
    private static final int SMALL_BUFFER = 16 * 1024;

    private final Socket socket;
    private final DataInputStream in;

    HttpConnection(SocketFactory sockets, int port) throws IOException {
        socket = sockets.createSocket();
        // so that a large body fills what is between the two ends, and the server has to wait
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Sends a request's head, as in {@code POST /echo}; so many bytes of a body are to follow. */
    void begin(String request, int length) throws IOException {
        String head = request + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    void write(byte[] body, int from, int to) throws IOException {
        socket.getOutputStream().write(body, from, to - from);
    }

    /** Reads an answer's head and gives the length of the body. */
    int head() throws IOException {
        String status = line();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("the server answered '" + status + "'");
        }
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, "Content-Length:".length())) {
                length = Integer.parseInt(line.substring("Content-Length:".length()).strip());
            }
        }
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new EOFException("the server closed the connection instead of answering");
            }
            if (each != '\r') {
                line.append((char) each);
            }
        }
        return line.toString();
    }

    void read(byte[] body, int from, int to) throws IOException {
        try {
            in.readFully(body, from, to - from);
        } catch (SocketTimeoutException e) {
            throw new IOException("no more of the answer came within " + PATIENCE_SECONDS + " seconds", e);
        }
    }

    /** Sends a body and checks that it comes back. */
    void echo(byte[] body) throws IOException {
        begin("POST /echo", body.length);
        write(body, 0, body.length);
        check("POST /echo", body);
    }

    /** Asks for a body and checks that it is the one asked for. */
    void download(int size, long seed) throws IOException {
        begin(bytes(size, seed), 0);
        check(bytes(size, seed), Bodies.random(size, seed));
    }

    private void check(String what, byte[] expected) throws IOException {
        byte[] answer = new byte[head()];
        read(answer, 0, answer.length);
        Bodies.check(what, expected, answer);
    }

    static String bytes(int size, long seed) {
        return "GET /bytes?size=" + size + "&seed=" + seed;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
