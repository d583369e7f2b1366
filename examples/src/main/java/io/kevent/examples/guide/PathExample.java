// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.PathKnote;
import java.nio.file.Files;
import java.nio.file.Path;

/** Paths: a file that comes into being, is written to, and goes away. */
public final class PathExample {
    private PathExample() { }

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("path-example");
        try (KeventQueue queue = KeventQueue.open()) {
            Path file = directory.resolve("server.conf");   // not there yet
            PathKnote knote = queue.path(file, PathKnote.ALL, 0, null);
            EventBatch batch = queue.newBatch(8);

            Files.writeString(file, "port=80");
            await(queue, batch, PathKnote.CREATE);
            System.out.println("it is there");

            knote.kinds(PathKnote.MODIFY | PathKnote.DELETE);
            Files.writeString(file, "port=8080");
            await(queue, batch, PathKnote.MODIFY);
            System.out.println("it has changed");

            Files.delete(file);
            await(queue, batch, PathKnote.DELETE);
            System.out.println("it is gone");
        } finally {
            Files.delete(directory);
        }
    }

    private static void await(KeventQueue queue, EventBatch batch, int kind) throws Exception {
        int seen = 0;
        while ((seen & kind) == 0) {
            queue.take(batch);
            while (batch.next()) {
                seen |= batch.filterFlags();                // all that happened since the event before
            }
        }
    }
}
