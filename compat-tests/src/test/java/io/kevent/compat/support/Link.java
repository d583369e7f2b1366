// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Two connected, non-blocking channels of any kind that can be selected: what goes into the sink can be read from the source. */
public final class Link implements AutoCloseable {

    /** What the two channels are. */
    public enum Kind {
        TCP, UNIX, UDP, PIPE
    }

    private static final int PIECE = 1 << 12;

    private final SelectableChannel source;
    private final SelectableChannel sink;

    private Link(SelectableChannel source, SelectableChannel sink) throws IOException {
        this.source = source.configureBlocking(false);
        this.sink = sink.configureBlocking(false);
    }

    public static Link open(Kind kind) throws IOException {
        switch (kind) {
            case TCP: return tcp();
            case UNIX: return unix();
            case UDP: return udp();
            default: return pipe();
        }
    }

    public SelectableChannel source() {
        return source;
    }

    public SelectableChannel sink() {
        return sink;
    }

    /** The sink writes so many bytes, one datagram of UDP. */
    public void send(int count) throws IOException {
        assertEquals(count, ((WritableByteChannel) sink).write(ByteBuffer.allocate(count)), "bytes taken by " + sink);
    }

    /** The source reads at most so many bytes; tells what read said. */
    public int read(int atMost) throws IOException {
        return ((ReadableByteChannel) source).read(ByteBuffer.allocate(atMost));
    }

    /** The sink writes until the system takes no more; tells how many bytes it took. */
    public long fill() throws IOException {
        long total = 0;
        ByteBuffer bytes = ByteBuffer.allocate(PIECE);
        for (int n = write(bytes); n > 0; n = write(bytes.clear())) {
            total += n;
        }
        return total;
    }

    /** The source reads so many bytes, all of them. */
    public void drain(long count) throws Exception {
        long[] left = {count};
        Waiting.until(count + " bytes are read", () -> {
            left[0] -= read((int) Math.min(left[0], 1 << 16));
            return left[0] == 0;
        });
    }

    private int write(ByteBuffer bytes) throws IOException {
        return ((WritableByteChannel) sink).write(bytes);
    }

    private static Link tcp() throws IOException {
        try (ServerSocketChannel listener = LoopbackPair.listen()) {
            SocketChannel source = SocketChannel.open(listener.getLocalAddress());
            SocketChannel sink = listener.accept();
            sink.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return new Link(source, sink);
        }
    }

    private static Link unix() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(null)) {
            UnixDomainSocketAddress address = (UnixDomainSocketAddress) listener.getLocalAddress();
            try {
                SocketChannel source = SocketChannel.open(address);
                return new Link(source, listener.accept());
            } finally {
                Files.delete(address.getPath());
            }
        }
    }

    private static Link udp() throws IOException {
        DatagramChannel source = DatagramChannel.open().bind(LoopbackPair.anyPort());
        DatagramChannel sink = DatagramChannel.open().bind(LoopbackPair.anyPort());
        source.connect(sink.getLocalAddress());
        sink.connect(source.getLocalAddress());
        return new Link(source, sink);
    }

    private static Link pipe() throws IOException {
        Pipe pipe = Pipe.open();
        return new Link(pipe.source(), pipe.sink());
    }

    @Override
    public void close() throws IOException {
        try (source) {
            sink.close();
        }
    }
}
