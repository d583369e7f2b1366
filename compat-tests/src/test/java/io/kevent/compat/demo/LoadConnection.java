// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

import io.kevent.compat.jetty.Bodies;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One keep-alive connection with at most one request outstanding; each request carries a number that its answer must repeat. */
final class LoadConnection {
    private static final int DIGITS = 8;
    private static final String ZERO = "0".repeat(DIGITS);
    private static final String HEAD = "GET /hello/";
    private static final byte[] LENGTH_HEADER = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int WRAP = 100_000_000;

    private final SocketChannel channel;
    private final ByteBuffer request;
    private final ByteBuffer received = ByteBuffer.allocateDirect(4096);
    private final byte[] answer = new byte[received.capacity()];
    private final byte[] expected = Bodies.hello(ZERO);
    private int number;
    private long sentAt;
    private boolean outstanding;

    LoadConnection(InetSocketAddress server, Selector selector, int firstNumber) throws IOException {
        byte[] text = (HEAD + ZERO + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        request = ByteBuffer.allocateDirect(text.length).put(text);
        number = firstNumber;
        channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send() throws IOException {
        number = (number + 1) % WRAP;
        int rest = number;
        for (int i = DIGITS - 1; i >= 0; i--) {
            byte digit = (byte) ('0' + rest % 10);
            request.put(HEAD.length() + i, digit);
            // "hello " stands before the number in the answer
            expected["hello ".length() + i] = digit;
            rest /= 10;
        }
        request.rewind();
        outstanding = true;
        sentAt = System.nanoTime();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /** Reads what has come; true once the whole answer is there and is the right one. */
    boolean receive() throws IOException {
        if (channel.read(received) < 0) {
            throw new EOFException("the server closed a keep-alive connection");
        }
        int size = received.position();
        received.get(0, answer, 0, size);
        int body = bodyStart(size);
        if (body < 0 || size < body + bodyLength(body)) {
            if (!received.hasRemaining()) {
                throw new ProtocolException("an answer of more than " + size + " bytes");
            }
            return false;
        }
        check(body, size);
        received.clear();
        outstanding = false;
        return true;
    }

    private int bodyStart(int size) {
        for (int i = 3; i < size; i++) {
            if (answer[i] == '\n' && answer[i - 1] == '\r' && answer[i - 2] == '\n' && answer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private int bodyLength(int headEnd) throws ProtocolException {
        for (int i = 0; i + LENGTH_HEADER.length < headEnd; i++) {
            if (answer[i] == '\n' && isLengthHeader(i + 1)) {
                int length = 0;
                for (int at = i + 1 + LENGTH_HEADER.length; answer[at] != '\r'; at++) {
                    length = answer[at] == ' ' ? length : length * 10 + answer[at] - '0';
                }
                return length;
            }
        }
        throw new ProtocolException("an answer without a length: " + text(headEnd));
    }

    private boolean isLengthHeader(int from) {
        for (int i = 0; i < LENGTH_HEADER.length; i++) {
            if ((answer[from + i] | 0x20) != (LENGTH_HEADER[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private void check(int body, int size) throws ProtocolException {
        boolean right = size - body == expected.length && text(12).equals("HTTP/1.1 200");
        for (int i = 0; right && i < expected.length; i++) {
            right = answer[body + i] == expected[i];
        }
        if (!right) {
            throw new ProtocolException("a wrong answer to request " + number + ": " + text(size));
        }
    }

    private String text(int size) {
        return new String(answer, 0, size, StandardCharsets.US_ASCII);
    }

    boolean isOutstanding() {
        return outstanding;
    }

    long sentAt() {
        return sentAt;
    }

    void close() throws IOException {
        channel.close();
    }
}
