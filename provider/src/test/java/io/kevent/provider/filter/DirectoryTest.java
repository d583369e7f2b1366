// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventBatch;
import io.kevent.PathKnote;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

import static io.kevent.PathKnote.ALL;
import static io.kevent.PathKnote.CREATE;
import static io.kevent.PathKnote.DELETE;
import static io.kevent.PathKnote.MODIFY;
import static io.kevent.PathKnote.RENAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a queue tells of directories, what is in them and what they are in. */
class DirectoryTest extends PathTestBase {
    @Test
    void entryIsCreated() throws Exception {
        PathKnote knote = watch(directory, CREATE);
        Files.createFile(file);
        PathQueue.Told told = all(knote);
        assertEquals(CREATE, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void entryIsModified() throws Exception {
        create("file");
        PathKnote knote = watch(directory, ALL);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        PathQueue.Told told = all(knote);
        assertEquals(MODIFY, told.kinds);
        assertEquals(2, told.count, "of which one is the end's");
    }

    @Test
    void entryIsDeleted() throws Exception {
        create("file");
        PathKnote knote = watch(directory, CREATE | DELETE | RENAME);
        Files.delete(file);
        PathQueue.Told told = all(knote);
        assertEquals(DELETE, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void entryIsRenamed() throws Exception {
        create("file");
        PathKnote knote = watch(directory, CREATE | DELETE | RENAME);
        move(file, directory.resolve("other"));
        PathQueue.Told told = all(knote);
        assertEquals(RENAME, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void entryThatWasCreatedLaterIsRenamed() throws Exception {
        PathKnote knote = watch(directory, CREATE | DELETE | RENAME);
        create("file");
        queue.await(knote, CREATE);
        move(file, directory.resolve("other"));
        queue.await(knote, RENAME);
        move(directory.resolve("other"), directory.resolve("third"));
        PathQueue.Told told = all(knote);
        assertEquals(CREATE | RENAME, told.kinds);
        assertEquals(3, told.count);
    }

    @Test
    void entryTakesThePlaceOfAnother() throws Exception {
        create("file");
        create("other");
        PathKnote knote = watch(directory, CREATE | DELETE | RENAME);
        move(directory.resolve("other"), file);
        PathQueue.Told told = all(knote);
        assertEquals(RENAME, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void entryThatIsADirectoryIsRenamed() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        PathKnote knote = watch(directory, CREATE | DELETE | RENAME);
        Files.createFile(inner.resolve("file"));
        move(inner, directory.resolve("other"));
        assertEquals(RENAME, all(knote).kinds);
    }

    @Test
    void renameOfEntryIsDeletionAndCreationToWhoDoesNotAskForRenames() throws Exception {
        create("file");
        PathKnote knote = watch(directory, CREATE | DELETE);
        move(file, directory.resolve("other"));
        PathQueue.Told told = all(knote);
        assertEquals(CREATE | DELETE, told.kinds);
        assertEquals(2, told.count);
    }

    @Test
    void hardLinkThatIsDeletedIsNotRenamed() throws Exception {
        create("file");
        Files.createLink(directory.resolve("link"), file);
        PathKnote knote = watch(directory, CREATE | DELETE | RENAME);
        Files.delete(file);
        assertEquals(DELETE, all(knote).kinds);
    }

    @Test
    void directoryAndFileInItAreBothTold() throws Exception {
        create("file");
        PathKnote whole = watch(directory, CREATE | DELETE | RENAME);
        PathKnote one = watch(file, ALL);
        move(file, directory.resolve("other"));
        assertEquals(RENAME, all(whole).kinds);
        assertEquals(RENAME, queue.of(one).kinds);
    }

    @Test
    void directoryIsDeleted() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        PathKnote knote = watch(inner, ALL);
        Files.delete(inner);
        PathQueue.Told told = all(knote);
        assertEquals(DELETE, told.kinds);
        assertEquals(1, told.count);
        assertTrue(knote.isValid());
    }

    @Test
    void directoryIsRenamed() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        PathKnote knote = watch(inner, ALL);
        move(inner, directory.resolve("other"));
        queue.await(knote, DELETE);
        Files.createFile(directory.resolve("other").resolve("file"));
        assertEquals(DELETE, all(knote).kinds);
    }

    @Test
    void directoryThatCameBackIsWatchedOnceRegisteredAgain() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        PathKnote knote = watch(inner, ALL);
        Files.delete(inner);
        queue.await(knote, DELETE);
        Files.createDirectory(inner);
        assertSame(knote, queue.watch(inner, ALL));
        Files.createFile(inner.resolve("file"));
        queue.await(knote, CREATE);
    }

    @Test
    void linkToDirectoryIsDirectory() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), inner);
        PathKnote knote = queue.watch(inner, CREATE);
        PathKnote throughLink = queue.watch(link, CREATE | DELETE);
        assertNotSame(knote, throughLink);
        Files.createFile(inner.resolve("file"));
        queue.await(knote, CREATE);
        assertEquals(CREATE, queue.await(throughLink, CREATE).kinds);
        Files.delete(link);
        queue.await(throughLink, DELETE);
    }

    @Test
    void parentVanishes() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        PathKnote knote = queue.watch(inner.resolve("file"), ALL);
        Files.delete(inner);
        PathQueue.Told told = queue.await(knote, 0, EventBatch.ERROR);
        assertEquals(0, told.kinds);
        assertInstanceOf(NoSuchFileException.class, told.error);
        assertTrue(told.error.getMessage().contains(inner + ": the directory in which file is to be watched does not exist"), told.error.getMessage());
    }

    @Test
    void namesInADirectoryThatWasRenamedEndWhenItIsWatchedByItsNewName() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        PathKnote before = queue.watch(inner.resolve("file"), ALL);
        PathKnote within = queue.watch(Files.createDirectory(inner.resolve("within")), ALL);
        Path other = directory.resolve("other");
        move(inner, other);
        PathKnote after = queue.watch(other.resolve("file"), ALL);
        assertEquals(0, queue.await(before, 0, EventBatch.ERROR).kinds);
        assertEquals(DELETE, queue.await(within, DELETE).kinds);
        Files.createFile(other.resolve("file"));
        queue.await(after, CREATE);
        move(other.resolve("file"), other.resolve("renamed"));
        assertEquals(CREATE | RENAME, queue.await(after, RENAME).kinds & ~MODIFY);
        assertEquals(0, queue.of(before).kinds);
    }

    @Test
    void parentVanishesWithTheFile() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        PathKnote knote = queue.watch(Files.createFile(inner.resolve("file")), ALL);
        Files.delete(inner.resolve("file"));
        Files.delete(inner);
        assertEquals(DELETE, queue.await(knote, DELETE, EventBatch.ERROR).kinds & ~MODIFY);
    }

    @Test
    void whatWasLostIsToldAsOverflow() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        PathKnote whole = queue.watch(inner, CREATE | RENAME);
        PathKnote one = queue.watch(inner.resolve("never"), DELETE);
        // the thread that takes comes no further than to tell of the first
        queue.dispatcher.lock();
        try {
            Files.createFile(inner.resolve("first"));
            for (int i = 0; i < 600; i++) {
                Files.createFile(inner.resolve("entry" + i));
                Files.delete(inner.resolve("entry" + i));
            }
            for (int i = 0; i < 20; i++) {
                // each has the JDK read from the kernel once more
                queue.watch(directory.resolve("other" + i), ALL);
            }
        } finally {
            queue.dispatcher.unlock();
        }
        assertEquals(CREATE | RENAME, queue.await(whole, CREATE, EventBatch.OVERFLOW).kinds);
        assertEquals(DELETE, queue.await(one, DELETE, EventBatch.OVERFLOW).kinds);
    }
}
