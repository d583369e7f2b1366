// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One HTTP/1.1 connection on a plain blocking socket, with no selector on this side, for clients that behave badly or slowly. */
final class RawHttp implements Closeable {
    /** An answer, its header names in lower case. */
    record Answer(int status, Map<String, String> headers, byte[] body) { }

    private final Socket socket = new Socket();
    private final InputStream in;

    RawHttp(InetSocketAddress server) throws IOException {
        this(server, 64 * 1024);
    }

    /** A small receive buffer, set before connecting, makes the window small that the server sees. */
    RawHttp(InetSocketAddress server, int receiveBuffer) throws IOException {
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        socket.connect(server, 30_000);
        in = new BufferedInputStream(socket.getInputStream(), 1024);
    }

    void get(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
    }

    void post(String path, byte[] body) throws IOException {
        startPost(path, body.length);
        send(body, 0, body.length);
    }

    /** The head of a request whose body the caller sends. */
    void startPost(String path, int length) throws IOException {
        send("POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + length + "\r\n\r\n");
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes, int from, int to) throws IOException {
        socket.getOutputStream().write(bytes, from, to - from);
    }

    Answer answer() throws IOException {
        String status = line();
        Map<String, String> headers = headers();
        byte[] body = new byte[Integer.parseInt(headers.get("content-length"))];
        for (int read = 0; read < body.length; ) {
            read += gulp(body, read, body.length);
        }
        return new Answer(Integer.parseInt(status.split(" ")[1]), headers, body);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
        }
        return headers;
    }

    /** Reads the head of an answer and returns the length of the body that follows. */
    int answerHead() throws IOException {
        line();
        return Integer.parseInt(headers().get("content-length"));
    }

    /** Reads some of the body. */
    int gulp(byte[] into, int from, int to) throws IOException {
        int read = in.read(into, from, to - from);
        if (read < 0) {
            throw new EOFException("the server closed the connection after " + from + " bytes of a body of " + into.length);
        }
        return read;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection after '" + line + "'");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** Closes with a reset instead of a FIN. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
