// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Iterator;

/** Operations that make channels. Each takes the slots to put them in, which must be free. */
final class Opening {

    /** Small, so that filling them is cheap; far more than what is in flight when they are not filled on purpose. */
    private static final int BUFFER = 32 * 1024;
    private static final int BACKLOG = 50;
    private static final int MOST_PENDING = 6;

    private Opening() { }

    /** Two connected stream sockets. */
    static Object pair(World world, int a, int b, boolean unix, boolean foreign) throws IOException {
        if (a == b || !world.isFree(a) || !world.isFree(b)) {
            return Step.SKIPPED;
        }
        SelectorProvider provider = provider(world, foreign);
        try (ServerSocketChannel server = bound(world, provider, unix)) {
            SocketChannel client = socket(provider, unix);
            client.connect(server.getLocalAddress());
            SocketChannel accepted = server.accept();
            tune(accepted, unix);
            Slot.Kind kind = unix ? Slot.Kind.UNIX : Slot.Kind.TCP;
            join(world.put(a, kind, client), world.put(b, kind, accepted));
            return "opened";
        }
    }

    /** A listening socket. */
    static Object listener(World world, int slot, boolean unix, boolean foreign) throws IOException {
        if (!world.isFree(slot)) {
            return Step.SKIPPED;
        }
        world.put(slot, unix ? Slot.Kind.UNIX_LISTENER : Slot.Kind.TCP_LISTENER, bound(world, provider(world, foreign), unix));
        return "opened";
    }

    /** A stream socket that is not connected. */
    static Object unconnected(World world, int slot, boolean unix, boolean foreign) throws IOException {
        if (!world.isFree(slot)) {
            return Step.SKIPPED;
        }
        world.put(slot, unix ? Slot.Kind.UNIX : Slot.Kind.TCP, socket(provider(world, foreign), unix));
        return "opened";
    }

    /** Connects a socket that is not connected to a listener, or to where nobody listens. */
    static Object connect(World world, int slot, int server) throws IOException {
        Slot client = world.open(slot);
        Slot listener = server < 0 ? null : world.open(server);
        if (client == null || !client.kind.isStream() || client.full || client.peer != null || client.listener != null && !client.isConnected()) {
            return Step.SKIPPED;
        }
        if (server >= 0 && (listener == null || !listener.kind.isListener() || listener.pending.size() >= MOST_PENDING
                || (listener.kind == Slot.Kind.TCP_LISTENER) != (client.kind == Slot.Kind.TCP))
                || server < 0 && client.kind != Slot.Kind.TCP) {
            return Step.SKIPPED;
        }
        SocketAddress address = listener == null ? world.refusingAddress() : ((ServerSocketChannel) listener.channel).getLocalAddress();
        SocketChannel channel = (SocketChannel) client.channel;
        boolean done = channel.connect(address);
        client.connecting = !done;
        client.listener = listener;
        if (listener != null) {
            client.port = client.kind == Slot.Kind.TCP ? Kernel.port(channel) : 0;
            listener.pending.add(client);
        }
        return done;
    }

    static Object finishConnect(World world, int slot) throws IOException {
        Slot client = world.open(slot);
        if (client == null || !client.kind.isStream()) {
            return Step.SKIPPED;
        }
        boolean done = ((SocketChannel) client.channel).finishConnect();
        client.connecting &= !done;
        return done;
    }

    static Object accept(World world, int server, int slot) throws IOException {
        Slot listener = world.open(server);
        if (listener == null || !listener.kind.isListener() || !world.isFree(slot)) {
            return Step.SKIPPED;
        }
        SocketChannel channel = ((ServerSocketChannel) listener.channel).accept();
        if (channel == null) {
            return "nobody";
        }
        boolean unix = listener.kind == Slot.Kind.UNIX_LISTENER;
        tune(channel, unix);
        Slot client = unix ? listener.pending.removeFirst() : clientOf(listener, ((InetSocketAddress) channel.getRemoteAddress()).getPort());
        join(client, world.put(slot, unix ? Slot.Kind.UNIX : Slot.Kind.TCP, channel));
        return "accepted " + client;
    }

    /** Two datagram channels, each connected to the other. */
    static Object udp(World world, int a, int b, boolean foreign) throws IOException {
        if (a == b || !world.isFree(a) || !world.isFree(b)) {
            return Step.SKIPPED;
        }
        SelectorProvider provider = provider(world, foreign);
        DatagramChannel one = provider.openDatagramChannel(StandardProtocolFamily.INET).bind(World.loopback());
        DatagramChannel other = provider.openDatagramChannel(StandardProtocolFamily.INET).bind(World.loopback());
        one.connect(other.getLocalAddress());
        other.connect(one.getLocalAddress());
        join(world.put(a, Slot.Kind.UDP, one), world.put(b, Slot.Kind.UDP, other));
        return "opened";
    }

    static Object pipe(World world, int a, int b, boolean foreign) throws IOException {
        if (a == b || !world.isFree(a) || !world.isFree(b)) {
            return Step.SKIPPED;
        }
        Pipe pipe = provider(world, foreign).openPipe();
        join(world.put(a, Slot.Kind.SOURCE, pipe.source()), world.put(b, Slot.Kind.SINK, pipe.sink()));
        return "opened";
    }

    /** Channels of the JDK's own provider may be registered with any selector of a JDK. */
    private static SelectorProvider provider(World world, boolean foreign) {
        return foreign ? Providers.reference() : world.provider;
    }

    private static ServerSocketChannel bound(World world, SelectorProvider provider, boolean unix) throws IOException {
        if (unix) {
            return provider.openServerSocketChannel(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(world.newPath()), BACKLOG);
        }
        return provider.openServerSocketChannel().setOption(StandardSocketOptions.SO_RCVBUF, BUFFER).bind(World.loopback(), BACKLOG);
    }

    private static SocketChannel socket(SelectorProvider provider, boolean unix) throws IOException {
        SocketChannel channel = unix ? provider.openSocketChannel(StandardProtocolFamily.UNIX) : provider.openSocketChannel();
        tune(channel, unix);
        return channel;
    }

    private static void tune(SocketChannel channel, boolean unix) throws IOException {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
        if (!unix) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    private static void join(Slot a, Slot b) {
        a.peer = b;
        b.peer = a;
    }

    private static Slot clientOf(Slot listener, int port) {
        for (Iterator<Slot> pending = listener.pending.iterator(); pending.hasNext(); ) {
            Slot client = pending.next();
            if (client.port == port) {
                pending.remove();
                return client;
            }
        }
        throw new AssertionError("accepted a connection from port " + port + ", which nobody made");
    }
}
