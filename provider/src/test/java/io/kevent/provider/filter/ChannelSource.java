// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventKind;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;

/** Channels with a peer. */
abstract class ChannelSource extends SourceUnderTest {
    final SelectableChannel channel;

    /** How many bytes or connections have come and were not taken yet. */
    private int pending;

    private ChannelSource(String name, SelectableChannel channel, int ops) throws IOException {
        super(name, EventKind.CHANNEL, ops);
        this.channel = channel;
        channel.configureBlocking(false);
    }

    /** Lets the peer send a byte, or connect. */
    abstract void send() throws IOException;

    /** Takes one, if it has arrived. */
    abstract boolean take() throws IOException;

    @Override
    Knote register(KeventQueue queue, int flags, Object attachment) throws IOException {
        return queue.register(channel, ops | flags, attachment);
    }

    @Override
    void happen() throws IOException {
        pending++;
        send();
    }

    @Override
    void drain() throws IOException {
        while (pending > 0) {
            if (take()) {
                pending--;
            } else {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    int meaninglessFlag() {
        return ops == OP_READ ? OP_ACCEPT : OP_READ;
    }

    private static <C extends SelectableChannel & ReadableByteChannel> ChannelSource reading(String name, C reader, WritableByteChannel writer)
            throws IOException {
        return new ChannelSource(name, reader, OP_READ) {
            @Override
            void send() throws IOException {
                writer.write(ByteBuffer.allocate(1));
            }

            @Override
            boolean take() throws IOException {
                return reader.read(ByteBuffer.allocate(1)) == 1;
            }

            @Override
            public void close() throws IOException {
                reader.close();
                writer.close();
            }
        };
    }

    static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static ChannelSource tcp() throws IOException {
        try (ServerSocketChannel listener = listen()) {
            SocketChannel writer = SocketChannel.open(listener.getLocalAddress());
            return reading("TCP", listener.accept(), writer);
        }
    }

    static ChannelSource unixDomain() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(null)) {
            SocketChannel writer = SocketChannel.open(listener.getLocalAddress());
            ChannelSource source = reading("Unix domain", listener.accept(), writer);
            Files.delete(Path.of(listener.getLocalAddress().toString()));
            return source;
        }
    }

    static ChannelSource datagram() throws IOException {
        DatagramChannel reader = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        DatagramChannel writer = DatagramChannel.open().connect(reader.getLocalAddress());
        reader.connect(writer.getLocalAddress());
        return reading("datagram", reader, writer);
    }

    static ChannelSource pipe() throws IOException {
        Pipe pipe = Pipe.open();
        return reading("pipe", pipe.source(), pipe.sink());
    }

    static ChannelSource listener() throws IOException {
        ServerSocketChannel listener = listen();
        List<Channel> connections = new ArrayList<>();
        return new ChannelSource("listener", listener, OP_ACCEPT) {
            @Override
            void send() throws IOException {
                connections.add(SocketChannel.open(listener.getLocalAddress()));
            }

            @Override
            boolean take() throws IOException {
                SocketChannel accepted = listener.accept();
                return accepted != null && connections.add(accepted);
            }

            @Override
            public void close() throws IOException {
                listener.close();
                for (Channel connection : connections) {
                    connection.close();
                }
            }
        };
    }
}
