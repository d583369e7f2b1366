// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The descriptors of this process that belong to sockets, pipes and epoll: jars and logs, which the JVM opens when it likes, are left out. */
public final class OpenFiles {

    private static final Path TABLE = Path.of("/proc/self/fd");
    private static final List<String> KINDS = List.of("socket:", "pipe:", "anon_inode:");

    private OpenFiles() { }

    public static int count() throws IOException {
        return list().size();
    }

    /** Each as number and kind, for instance {@code 17 socket:[4711]}, so that two lists show what came and what went. */
    public static TreeSet<String> list() throws IOException {
        List<Path> entries;
        try (Stream<Path> table = Files.list(TABLE)) {
            entries = table.collect(Collectors.toList());
        }
        TreeSet<String> found = new TreeSet<>();
        for (Path entry : entries) {
            String target = targetOf(entry);
            if (KINDS.stream().anyMatch(target::startsWith)) {
                found.add(entry.getFileName() + " " + target);
            }
        }
        return found;
    }

    /** Waits until no more are open than there were before. Who has been closed by another thread may take a moment to be gone. */
    public static void untilBackTo(TreeSet<String> before) throws Exception {
        try {
            Waiting.until("the descriptors of before are all that is open", () -> count() <= before.size());
        } catch (AssertionError e) {
            throw new AssertionError("before " + before + ", now " + list(), e);
        }
    }

    private static String targetOf(Path entry) throws IOException {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (NoSuchFileException e) {
            return "closed meanwhile";
        }
    }
}
