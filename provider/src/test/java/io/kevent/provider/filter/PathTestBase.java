// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.Knote;
import io.kevent.PathKnote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static io.kevent.PathKnote.MODIFY;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.junit.jupiter.api.Assertions.assertFalse;

/**
 * A directory, and a queue that knows of paths only. What happens in one directory is told in its order: so nothing more is to come of it when what was done
 * last, to a knote of its own, has been told.
 */
abstract class PathTestBase {
    @TempDir
    Path directory;
    Path file;
    private Path last;
    PathQueue queue;

    /** Of a file that is there, and is modified when everything else was done. */
    private PathKnote end;

    @BeforeEach
    void open() throws Exception {
        file = directory.resolve("file");
        last = Files.createFile(directory.resolve("last"));
        queue = new PathQueue();
    }

    @AfterEach
    void close() throws Exception {
        queue.close();
        assertFalse(isWatching());
    }

    static boolean isWatching() {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().equals("kevent-paths"));
    }

    final PathKnote watch(Path path, int kinds) throws Exception {
        PathKnote knote = queue.watch(path, kinds);
        watchEnd();
        return knote;
    }

    /** What is done before {@link #all} is to come before the event of this one. */
    final void watchEnd() throws IOException {
        end = queue.watch(last, MODIFY);
    }

    /** All that was told of a knote, when nothing more is to come. */
    final PathQueue.Told all(Knote knote) throws Exception {
        Files.setLastModifiedTime(last, FileTime.fromMillis(0));
        queue.await(end, MODIFY);
        // the event of the knote may stand behind it
        queue.take(0, 0);
        return queue.of(knote);
    }

    final Path create(String name) throws IOException {
        Path path = Files.createFile(directory.resolve(name));
        // not of now, so that one that is created soon afterwards, and gets the same inode, is another
        return Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
    }

    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, ATOMIC_MOVE);
    }
}
