// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.PathKnote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.kevent.PathKnote.ALL;
import static io.kevent.PathKnote.CREATE;
import static io.kevent.PathKnote.DELETE;
import static io.kevent.PathKnote.MODIFY;
import static io.kevent.PathKnote.RENAME;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a queue tells of files. */
class PathTest extends PathTestBase {
    @Test
    void fileThatWasNotThereIsCreated() throws Exception {
        PathKnote knote = watch(file, ALL);
        Files.createFile(file);
        PathQueue.Told told = all(knote);
        assertEquals(CREATE, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void fileIsModified() throws Exception {
        create("file");
        PathKnote knote = watch(file, ALL);
        Files.write(file, new byte[1]);
        assertEquals(MODIFY, all(knote).kinds);
    }

    @Test
    void metadataOfFileAreModified() throws Exception {
        create("file");
        PathKnote knote = watch(file, ALL);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertEquals(MODIFY, all(knote).kinds);
    }

    @Test
    void fileIsDeleted() throws Exception {
        create("file");
        PathKnote knote = watch(file, ALL);
        Files.delete(file);
        PathQueue.Told told = all(knote);
        assertEquals(DELETE, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void fileIsRenamedWithinTheDirectory() throws Exception {
        create("file");
        PathKnote knote = watch(file, ALL);
        move(file, directory.resolve("other"));
        PathQueue.Told told = all(knote);
        assertEquals(RENAME, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void fileIsRenamedRightAfterItWasModified() throws Exception {
        create("file");
        PathKnote knote = watch(file, ALL);
        Files.write(file, new byte[1]);
        move(file, directory.resolve("other"));
        assertEquals(MODIFY | RENAME, all(knote).kinds);
    }

    @Test
    void renameIsDeletionToWhoDoesNotAskForRenames() throws Exception {
        create("file");
        PathKnote knote = watch(file, ALL & ~RENAME);
        move(file, directory.resolve("other"));
        assertEquals(DELETE, all(knote).kinds);
    }

    @Test
    void fileIsMovedToAnotherDirectory(@TempDir Path other) throws Exception {
        create("file");
        PathKnote knote = watch(file, ALL);
        move(file, other.resolve("file"));
        assertEquals(DELETE, all(knote).kinds);
    }

    @Test
    void fileThatGetsTheInodeOfADeletedOneIsNotTheSame() throws Exception {
        create("file");
        PathKnote knote = watch(file, ALL);
        Files.delete(file);
        Files.createFile(directory.resolve("other"));
        assertEquals(DELETE, all(knote).kinds);
    }

    @Test
    void fileIsReplacedAtomically() throws Exception {
        create("file");
        PathKnote knote = watch(file, ALL);
        move(create("new"), file);
        PathQueue.Told told = all(knote);
        assertEquals(CREATE | RENAME, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void fileIsRenamedAndCreatedAnew() throws Exception {
        create("file");
        PathKnote knote = watch(file, ALL);
        move(file, directory.resolve("backup"));
        Files.createFile(file);
        assertEquals(RENAME | CREATE, all(knote).kinds);
    }

    @Test
    void otherFilesAreNotTold() throws Exception {
        PathKnote knote = watch(file, ALL);
        Files.delete(create("other"));
        assertEquals(0, all(knote).events);
    }

    @Test
    void linkIsWatchedAndNotWhatItLeadsTo() throws Exception {
        create("target");
        Files.createSymbolicLink(file, directory.resolve("target"));
        PathKnote knote = watch(file, ALL);
        Files.write(directory.resolve("target"), new byte[1]);
        Files.delete(file);
        assertEquals(DELETE, all(knote).kinds);
    }
}
