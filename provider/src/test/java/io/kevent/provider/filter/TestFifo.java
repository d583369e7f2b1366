// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A named pipe in a directory of its own. */
final class TestFifo implements AutoCloseable {
    final Path path;

    TestFifo() throws IOException, InterruptedException {
        path = Files.createTempDirectory("kevent").resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor());
    }

    @Override
    public void close() throws IOException {
        Files.delete(path);
        Files.delete(path.getParent());
    }
}
