// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import io.kevent.KeventOps;
import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteTable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts keys that are alike. */
final class KeyKinds {

    /** What makes keys alike. */
    private record Likeness(String channel, int interest) { }

    private KeyKinds() { }

    static List<KeyFigures> count(KnoteTable table) {
        Map<Likeness, Integer> counts = new HashMap<>();
        for (Knote knote : table) {
            counts.merge(new Likeness(kind(knote.channel()), knote.interest()), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(entry -> new KeyFigures(entry.getKey().channel(), KeventOps.toString(entry.getKey().interest()), entry.getValue()))
                .sorted(Comparator.comparingInt(KeyFigures::count).reversed().thenComparing(KeyFigures::channel).thenComparing(KeyFigures::interest))
                .collect(Collectors.toUnmodifiableList());
    }

    private static String kind(SelectableChannel channel) {
        if (!channel.isOpen()) {
            return "closed";
        }
        if (channel instanceof SocketChannel) {
            return isUnix((SocketChannel) channel) ? "unix" : "tcp";
        }
        if (channel instanceof ServerSocketChannel) {
            return isUnix((ServerSocketChannel) channel) ? "unix-listener" : "tcp-listener";
        }
        if (channel instanceof DatagramChannel) {
            return "datagram";
        }
        return channel instanceof Pipe.SourceChannel || channel instanceof Pipe.SinkChannel ? "pipe" : "other";
    }

    /** By its address, of which it has one as soon as it is connected or bound. */
    private static boolean isUnix(NetworkChannel channel) {
        try {
            SocketAddress address = channel.getLocalAddress();
            return address instanceof UnixDomainSocketAddress;
        } catch (IOException e) {
            // closed since we asked
            return false;
        }
    }
}
