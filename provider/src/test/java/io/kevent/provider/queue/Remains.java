// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the process has open, and which threads of kevent run: what there is to leave behind. */
public final class Remains {
    private final List<String> open;

    private Remains() throws IOException {
        open = openDescriptors();
    }

    public static Remains now() throws IOException {
        return new Remains();
    }

    /** There is no more open than there was, at once. */
    public void assertNothingMoreOpen() {
        assertEquals(open, openDescriptors());
    }

    /** There is no more than there was, as soon as the JVM has ended what it does beside the test. */
    public void assertNothingMore() throws IOException {
        try {
            Background.until("all is closed", () -> threads().isEmpty() && open.equals(openDescriptors()));
        } catch (AssertionError e) {
            assertEquals(open, openDescriptors());
            assertEquals(List.of(), threads());
            throw e;
        }
    }

    private static List<String> openDescriptors() {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            return entries.map(Remains::target).filter(Remains::isOurs).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        return target.startsWith("socket:") || target.startsWith("anon_inode:") || target.startsWith("pipe:") || target.endsWith("fifo");
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.contains("kevent")).sorted()
                .collect(Collectors.toList());
    }
}
