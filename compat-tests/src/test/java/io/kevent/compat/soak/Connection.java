// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.soak;

import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * One way for bytes, with its account: a thread writes into the sink, which blocks; whoever selects reads from the source. The byte at each position
 * follows from the position, so that a byte lost, doubled or misplaced is seen.
 */
final class Connection implements AutoCloseable {

    private static final int MOST = 4096;

    private final int number;
    private final WritableByteChannel sink;
    private final SelectableChannel source;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long written;
    /** Guarded by this. */
    private long read;
    private final ByteBuffer buffer = ByteBuffer.allocate(MOST);

    private Connection(int number, WritableByteChannel sink, SelectableChannel source) throws IOException {
        this.number = number;
        this.sink = sink;
        this.source = source;
        source.configureBlocking(false);
    }

    /** TCP, Unix domain and pipe by turns. */
    static Connection open(int number) throws IOException {
        switch (number % 3) {
            case 0:
                LoopbackPair pair = LoopbackPair.open();
                return new Connection(number, pair.far(), pair.near());
            case 1:
                return unix(number);
            default:
                Pipe pipe = Pipe.open();
                return new Connection(number, pipe.sink(), pipe.source());
        }
    }

    private static Connection unix(int number) throws IOException {
        Path path = Files.createTempFile("kevent-soak", ".sock");
        Files.delete(path);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path))) {
            SocketChannel client = SocketChannel.open(server.getLocalAddress());
            return new Connection(number, client, server.accept());
        } finally {
            Files.deleteIfExists(path);
        }
    }

    int number() {
        return number;
    }

    SelectableChannel source() {
        return source;
    }

    /** Writes the next bytes, all of them; one thread does this. */
    void write(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        for (int i = 0; i < count; i++) {
            bytes.put(i, value(written + i));
        }
        while (bytes.hasRemaining()) {
            int before = bytes.position();
            sink.write(bytes);
            written += bytes.position() - before;
        }
    }

    /** No more is written. */
    void finish() throws IOException {
        sink.close();
    }

    /** Reads once and checks what comes; at the end of the stream, closes the source. */
    synchronized void readSome(int most) throws IOException {
        if (!source.isOpen()) {
            return;
        }
        buffer.clear().limit(Math.min(most, MOST));
        int n = ((ReadableByteChannel) source).read(buffer);
        for (int i = 0; i < n; i++) {
            if (buffer.get(i) != value(read + i)) {
                throw new AssertionError("wrong byte at position " + (read + i) + " of " + this);
            }
        }
        if (n >= 0) {
            read += n;
            return;
        }
        source.close();
        if (sink.isOpen() || read != written) {
            throw new AssertionError("the stream ended early: " + this);
        }
        ended.countDown();
    }

    CountDownLatch ended() {
        return ended;
    }

    private byte value(long position) {
        return (byte) (position * 167 + number);
    }

    @Override
    public void close() throws IOException {
        try {
            sink.close();
        } finally {
            source.close();
        }
    }

    @Override
    public synchronized String toString() {
        return "connection " + number + " (" + source + "): " + written + " bytes written, " + read + " read, sink "
                + (sink.isOpen() ? "open" : "closed");
    }
}
