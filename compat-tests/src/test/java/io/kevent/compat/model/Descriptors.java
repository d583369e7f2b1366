// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Counts what channels and selectors are made of. */
final class Descriptors {

    private Descriptors() { }

    /** The sockets, pipes and anonymous descriptors (epoll, eventfd) of this process; files, which class loading opens, are left out. */
    static int count() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                count += isChannel(descriptor) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isChannel(Path descriptor) throws IOException {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:") || target.startsWith("pipe:") || target.startsWith("anon_inode:");
        } catch (NoSuchFileException e) {
            // the descriptor of the directory itself, or one that was closed meanwhile
            return false;
        }
    }
}
