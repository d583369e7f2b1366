// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a program has left behind: descriptors of sockets, pipes and the kernel's event objects, and threads. */
public final class Leftovers {
    private static final Path TABLE = Path.of("/proc/self/fd");

    private final String kinds;
    private final int descriptors;

    private Leftovers(String kinds) throws IOException {
        this.kinds = kinds;
        this.descriptors = descriptors().size();
    }

    /** Remembers what is there. */
    public static Leftovers before() throws IOException {
        return new Leftovers("(socket|pipe|anon_inode):.*");
    }

    /** Remembers which sockets are there: what the JDK opens for itself when virtual threads wait, and keeps, is none. */
    public static Leftovers beforeSockets() throws IOException {
        return new Leftovers("socket:.*");
    }

    /** Waits until no more descriptors are open than were before; a peer may take a moment to be gone. */
    public void untilNoDescriptorIsLeft() throws Exception {
        try {
            Bounded.until("no more than " + descriptors + " descriptors are open", () -> descriptors().size() <= descriptors);
        } catch (AssertionError e) {
            throw new AssertionError("open: " + descriptors(), e);
        }
    }

    /** Jars and other files, which the JVM opens when it likes, are left out. */
    private List<String> descriptors() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> table = Files.list(TABLE)) {
            for (Path entry : (Iterable<Path>) table::iterator) {
                String target = targetOf(entry);
                if (target.matches(kinds)) {
                    found.add(entry.getFileName() + " " + target);
                }
            }
        }
        return found;
    }

    private static String targetOf(Path entry) throws IOException {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (NoSuchFileException e) {
            return "closed meanwhile";
        }
    }

    /** Fails if a platform thread of that name is alive. */
    public static void assertNoThread(String prefix) {
        List<String> left = Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith(prefix)).toList();
        assertEquals(List.of(), left, "threads that are left");
    }
}
