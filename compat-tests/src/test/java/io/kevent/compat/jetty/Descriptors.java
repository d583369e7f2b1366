// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Sockets, pipes, epoll and event descriptors open in a process. Files are left out: a class loader opens jars when it needs them. */
final class Descriptors {
    private final Map<String, Integer> perKind = new TreeMap<>();

    private Descriptors() { }

    static Descriptors ofThisProcess() throws IOException {
        Descriptors open = new Descriptors();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path entry : entries) {
                open.add(entry);
            }
        }
        return open;
    }

    private void add(Path entry) throws IOException {
        String target;
        try {
            target = Files.readSymbolicLink(entry).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return;
        }
        if (!target.startsWith("/")) {
            perKind.merge(target.replaceFirst("^(socket|pipe):.*", "$1"), 1, Integer::sum);
        }
    }

    int count() {
        return perKind.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return perKind.toString();
    }
}
