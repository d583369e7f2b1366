// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.EventBatch;
import io.kevent.FifoKnote;
import io.kevent.KeventQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;

/** Named pipes: reads what two programs write, one after the other. */
public final class FifoExample {
    private FifoExample() { }

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("fifo-example");
        Path pipe = directory.resolve("commands");
        try (KeventQueue queue = KeventQueue.open()) {
            new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
            read(queue, pipe);
        } finally {
            Files.deleteIfExists(pipe);
            Files.delete(directory);
        }
    }

    private static void read(KeventQueue queue, Path pipe) throws Exception {
        queue.fifo(pipe, OP_READ | OP_EDGE, null);          // does not wait for a writer

        write(pipe, "reload");
        EventBatch batch = queue.newBatch(8);
        String command = "";
        boolean isAlone = false;
        while (!command.equals("stop")) {
            queue.take(batch);
            while (batch.next()) {
                command = readAll((FifoKnote) batch.knote());
                if (!command.isEmpty()) {
                    System.out.println(command);
                }
                if (batch.has(EventBatch.EOF) && !isAlone) {
                    isAlone = true;
                    System.out.println("the last writer has closed it");
                    write(pipe, "stop");                    // the knote goes on when a new one comes
                }
            }
        }
    }

    private static String readAll(FifoKnote fifo) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        while (fifo.source().read(buffer) > 0) {
            // edge-triggered: all there is
            continue;
        }
        return StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
    }

    private static void write(Path pipe, String text) throws IOException {
        new ProcessBuilder("sh", "-c", "printf " + text + " > \"$0\"", pipe.toString()).start();
    }
}
