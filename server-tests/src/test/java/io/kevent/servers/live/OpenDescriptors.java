// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The descriptors of a process that belong to sockets, pipes, epoll and the like, counted by kind. Without files: a JVM opens jars when it likes. */
final class OpenDescriptors {
    private OpenDescriptors() { }

    static Map<String, Integer> of(long pid) throws IOException {
        List<Path> entries;
        try (Stream<Path> table = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            entries = table.toList();
        }
        Map<String, Integer> perKind = new TreeMap<>();
        for (Path entry : entries) {
            try {
                String target = Files.readSymbolicLink(entry).toString();
                if (!target.startsWith("/")) {
                    perKind.merge(target.replaceFirst("^(socket|pipe):.*", "$1"), 1, Integer::sum);
                }
            } catch (NoSuchFileException closedMeanwhile) {
                // one less
            }
        }
        return perKind;
    }
}
