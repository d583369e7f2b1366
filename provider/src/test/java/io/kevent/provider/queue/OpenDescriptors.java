// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the process has open that a queue, a socket or a pipe may have opened. */
final class OpenDescriptors {
    private OpenDescriptors() { }

    /** Where each leads to; sockets and pipes by their numbers, so that one that is left shows. */
    static List<String> now() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            return entries.map(OpenDescriptors::target).filter(OpenDescriptors::isOurs).sorted().collect(Collectors.toList());
        }
    }

    /** What is open now and was not before. */
    static List<String> since(List<String> before) throws IOException {
        List<String> now = new ArrayList<>(now());
        before.forEach(now::remove);
        return now;
    }

    private static String target(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException e) {
            // closed since it was listed
            return "";
        }
    }

    private static boolean isOurs(String target) {
        return target.startsWith("socket:") || target.startsWith("pipe:") || target.startsWith("anon_inode:");
    }
}
