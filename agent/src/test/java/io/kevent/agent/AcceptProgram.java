// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Registers a listener and tells from the kernel's own account how it is watched. */
final class AcceptProgram {
    private static final long EXCLUSIVE = 1L << 28;

    private AcceptProgram() { }

    public static void main(String[] args) throws IOException {
        try (Selector selector = Selector.open(); ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.configureBlocking(false);
            SelectionKey key = listener.register(selector, SelectionKey.OP_ACCEPT);
            selector.selectNow();
            System.out.println("interest " + key.interestOps() + ", watched exclusively " + isAnyExclusive());
        }
    }

    /** Each epoll descriptor lists what it watches as {@code tfd: 5 events: 10000001 ...}. */
    private static boolean isAnyExclusive() throws IOException {
        List<Path> infos;
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fdinfo"))) {
            infos = all.collect(Collectors.toList());
        }
        for (Path info : infos) {
            if (Files.exists(info)) {
                for (String line : Files.readAllLines(info)) {
                    if (line.startsWith("tfd:") && (Long.parseLong(line.replaceFirst(".*events:\\s*(\\w+).*", "$1"), 16) & EXCLUSIVE) != 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
