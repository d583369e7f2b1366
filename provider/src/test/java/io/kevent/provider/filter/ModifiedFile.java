// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventKind;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.PathKnote;
import io.kevent.provider.queue.Background;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.nio.channels.SelectionKey.OP_READ;

/** A file that is modified. A queue learns of that on a thread of its own, in the order in which things happen in the directory. */
final class ModifiedFile extends SourceUnderTest {
    private final Path directory = Files.createTempDirectory("kevent-path-");
    private final Path file = Files.createFile(directory.resolve("file"));

    /** Modified after the file: who knows of that knows of the file. */
    private final Path last = Files.createFile(directory.resolve("last"));
    private final Map<Knote, KeventQueue> knotes = new HashMap<>();
    private int times;

    ModifiedFile() throws IOException {
        super("path", EventKind.PATH, 0);
    }

    @Override
    Knote register(KeventQueue queue, int flags, Object attachment) throws IOException {
        PathKnote knote = queue.path(file, PathKnote.MODIFY, flags, attachment);
        knotes.put(knote, queue);
        return knote;
    }

    @Override
    void happen() throws IOException {
        List<PathSource> witnesses = new ArrayList<>();
        for (Map.Entry<Knote, KeventQueue> each : knotes.entrySet()) {
            if (each.getKey().isValid()) {
                witnesses.add((PathSource) each.getValue().path(last, PathKnote.MODIFY, KeventQueue.DISABLED, null));
            }
        }
        // never the same time twice
        times++;
        Files.setLastModifiedTime(file, FileTime.fromMillis(times));
        Files.setLastModifiedTime(last, FileTime.fromMillis(times));
        for (PathSource witness : witnesses) {
            Background.until("the queue knows of it", () -> hasOccurred(witness));
            witness.delete();
        }
    }

    private static boolean hasOccurred(PathSource witness) {
        // takes the queue's lock, and so sees what was told before
        witness.attach(null);
        return witness.hasOccurredLocked();
    }

    @Override
    int filterFlags() {
        return PathKnote.MODIFY;
    }

    @Override
    int meaninglessFlag() {
        return OP_READ;
    }

    @Override
    public void close() throws IOException {
        Files.delete(file);
        Files.delete(last);
        Files.delete(directory);
    }
}
