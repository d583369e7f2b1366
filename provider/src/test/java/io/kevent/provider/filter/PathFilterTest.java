// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ClosedQueueException;
import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.PathKnote;
import io.kevent.QueueOptions;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.queue.Clockwork;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.kevent.PathKnote.ALL;
import static io.kevent.PathKnote.CREATE;
import static io.kevent.PathKnote.DELETE;
import static io.kevent.PathKnote.MODIFY;
import static io.kevent.PathKnote.RENAME;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What a queue tells of files and directories. What happens in one directory is told in its order: so nothing more is to come of it when what was done last,
 * to a knote of its own, has been told.
 */
class PathFilterTest {
    private static final Clockwork NEVER = new Clockwork() {
        @Override
        public long nanosToNext() {
            return Clockwork.NEVER;
        }

        @Override
        public void run() { }
    };

    /** A queue that knows of paths only, and what it has told. */
    private static final class Queue {
        final Dispatcher dispatcher = new Dispatcher(null, JdkKernel.INSTANCE, SelectorProvider.provider(), QueueOptions.UNLIMITED);
        final PathFilter filter = new PathFilter(dispatcher);
        final QueueBatch batch = new QueueBatch(dispatcher, 64);
        final Map<Knote, Told> told = new HashMap<>();

        Queue() throws IOException {
            dispatcher.drive(NEVER);
        }

        PathKnote watch(Path path, int kinds) throws IOException {
            return filter.register(path, kinds, 0, null);
        }

        Told of(Knote knote) {
            return told.computeIfAbsent(knote, unknown -> new Told());
        }

        /** Takes until all the kinds of a knote have been told, and answers what was told of it. */
        Told await(Knote knote, int kinds) throws Exception {
            return await(knote, kinds, 0);
        }

        Told await(Knote knote, int kinds, int flags) throws Exception {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while ((of(knote).kinds & kinds) != kinds || (of(knote).flags & flags) != flags) {
                long left = deadline - System.nanoTime();
                assertTrue(left > 0, () -> knote + " was not told " + kinds + " within 10 s, but " + told);
                take(1, left);
            }
            return of(knote);
        }

        void take(int min, long nanos) throws Exception {
            dispatcher.take(batch, min, batch.capacity(), nanos);
            while (batch.next()) {
                Told what = of(batch.knote());
                what.kinds |= batch.filterFlags();
                what.count += batch.data();
                what.flags |= batch.flags();
                what.error = batch.error() == null ? what.error : batch.error();
                what.events++;
            }
        }

        void close() throws IOException {
            if (dispatcher.shut()) {
                filter.close();
                dispatcher.close();
            }
        }
    }

    private static final class Told {
        int kinds;
        long count;
        int flags;
        Throwable error;
        int events;

        @Override
        public String toString() {
            return "kinds " + kinds + ", count " + count + ", flags " + EventBatch.flagsToString(flags) + ", error " + error + ", in " + events + " events";
        }
    }

    @TempDir
    private Path directory;
    private Path file;
    private Path last;
    private Queue queue;

    /** Of a file that is there, and is modified when everything else was done. */
    private PathKnote end;

    @BeforeEach
    void open() throws Exception {
        file = directory.resolve("file");
        last = Files.createFile(directory.resolve("last"));
        queue = new Queue();
    }

    @AfterEach
    void close() throws Exception {
        queue.close();
        assertFalse(isWatching());
    }

    private static boolean isWatching() {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().equals("kevent-paths"));
    }

    private PathKnote watch(Path path, int kinds) throws Exception {
        PathKnote knote = queue.watch(path, kinds);
        end = queue.watch(last, MODIFY);
        return knote;
    }

    /** All that was told of a knote, when nothing more is to come. */
    private Told all(Knote knote) throws Exception {
        Files.setLastModifiedTime(last, FileTime.fromMillis(0));
        queue.await(end, MODIFY);
        // the event of the knote may stand behind it
        queue.take(0, 0);
        return queue.of(knote);
    }

    private Path create(String name) throws IOException {
        Path path = Files.createFile(directory.resolve(name));
        // not of now, so that one that is created soon afterwards, and gets the same inode, is another
        return Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, ATOMIC_MOVE);
    }

    // ---- files

    @Test
    void fileThatWasNotThereIsCreated() throws Exception {
        PathKnote knote = watch(file, ALL);
        Files.createFile(file);
        Told told = all(knote);
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
        Told told = all(knote);
        assertEquals(DELETE, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void fileIsRenamedWithinTheDirectory() throws Exception {
        create("file");
        PathKnote knote = watch(file, ALL);
        move(file, directory.resolve("other"));
        Told told = all(knote);
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
        Told told = all(knote);
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

    // ---- directories

    @Test
    void entryIsCreated() throws Exception {
        PathKnote knote = watch(directory, CREATE);
        Files.createFile(file);
        Told told = all(knote);
        assertEquals(CREATE, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void entryIsModified() throws Exception {
        create("file");
        PathKnote knote = watch(directory, ALL);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        Told told = all(knote);
        assertEquals(MODIFY, told.kinds);
        assertEquals(2, told.count, "of which one is the end's");
    }

    @Test
    void entryIsDeleted() throws Exception {
        create("file");
        PathKnote knote = watch(directory, CREATE | DELETE | RENAME);
        Files.delete(file);
        Told told = all(knote);
        assertEquals(DELETE, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void entryIsRenamed() throws Exception {
        create("file");
        PathKnote knote = watch(directory, CREATE | DELETE | RENAME);
        move(file, directory.resolve("other"));
        Told told = all(knote);
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
        Told told = all(knote);
        assertEquals(CREATE | RENAME, told.kinds);
        assertEquals(3, told.count);
    }

    @Test
    void entryTakesThePlaceOfAnother() throws Exception {
        create("file");
        create("other");
        PathKnote knote = watch(directory, CREATE | DELETE | RENAME);
        move(directory.resolve("other"), file);
        Told told = all(knote);
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
        Told told = all(knote);
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
        Told told = all(knote);
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
        Told told = queue.await(knote, 0, EventBatch.ERROR);
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

    // ---- kinds

    @Test
    void kindsNotAskedForAreNotTold() throws Exception {
        PathKnote knote = watch(file, DELETE);
        Files.createFile(file);
        Files.write(file, new byte[1]);
        Files.delete(file);
        Told told = all(knote);
        assertEquals(DELETE, told.kinds);
        assertEquals(1, told.count);
    }

    @Test
    void kindsAreChanged() throws Exception {
        PathKnote knote = watch(file, CREATE);
        assertSame(knote, knote.kinds(DELETE));
        assertEquals(DELETE, knote.kinds());
        Files.createFile(file);
        Files.delete(file);
        assertEquals(DELETE, all(knote).kinds);
    }

    @Test
    void renamesAreToldOnceAskedFor() throws Exception {
        create("file");
        PathKnote knote = watch(directory, CREATE | DELETE);
        knote.kinds(CREATE | DELETE | RENAME);
        move(file, directory.resolve("other"));
        assertEquals(RENAME, all(knote).kinds);
    }

    @Test
    void pendingKindsThatAreNotAskedForAnyMoreAreDropped() throws Exception {
        PathKnote knote = watch(file, CREATE | DELETE);
        knote.disable();
        Files.createFile(file);
        Files.delete(file);
        all(knote);
        knote.kinds(DELETE);
        knote.enable();
        assertEquals(DELETE, queue.await(knote, DELETE).kinds);
    }

    @Test
    void pendingEventOfWhichNothingIsAskedForAnyMoreIsDropped() throws Exception {
        PathKnote knote = watch(file, CREATE);
        knote.disable();
        Files.createFile(file);
        all(knote);
        knote.kinds(DELETE);
        knote.enable();
        queue.take(0, 0);
        assertEquals(0, queue.of(knote).events);
    }

    @Test
    void eventThatCameBackIsDroppedWhenNotAskedForAnyMore() throws Exception {
        PathKnote knote = queue.watch(file, CREATE);
        Files.createFile(file);
        assertEquals(1, queue.dispatcher.take(queue.batch, 1, 1, TimeUnit.SECONDS.toNanos(10)));
        knote.kinds(DELETE);
        queue.take(0, 0);
        assertEquals(0, queue.of(knote).events);
    }

    @Test
    void badKindsAreRefusedByName() throws Exception {
        assertEquals("0x10 is no kind of PathKnote", assertThrows(IllegalArgumentException.class, () -> queue.watch(file, ALL | 0x10)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> queue.watch(file, 0));
        assertFalse(isWatching());
        PathKnote knote = queue.watch(file, ALL);
        assertThrows(IllegalArgumentException.class, () -> knote.kinds(0x20));
        assertEquals(ALL, knote.kinds());
    }

    // ---- delivery

    @Test
    void whatHappensWhileDisabledIsCountedAndToldOnce() throws Exception {
        PathKnote knote = queue.filter.register(directory, CREATE, KeventQueue.DISABLED, null);
        end = queue.watch(last, MODIFY);
        for (int i = 0; i < 3; i++) {
            create("file" + i);
        }
        assertEquals(0, all(knote).events);
        knote.enable();
        Told told = queue.await(knote, CREATE);
        assertEquals(3, told.count);
        assertEquals(1, told.events);
    }

    @Test
    void eventThatWasGivenBackIsMergedWithWhatHappenedSince() throws Exception {
        PathKnote knote = queue.watch(directory, CREATE | DELETE);
        Files.createFile(file);
        assertEquals(1, queue.dispatcher.take(queue.batch, 1, 1, TimeUnit.SECONDS.toNanos(10)));
        Files.delete(file);
        Told told = queue.await(knote, CREATE | DELETE);
        assertEquals(2, told.count);
    }

    @Test
    void errorThatWasGivenBackIsToldAgain() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        PathKnote knote = queue.watch(inner.resolve("file"), ALL);
        Files.delete(inner);
        assertEquals(1, queue.dispatcher.take(queue.batch, 1, 1, TimeUnit.SECONDS.toNanos(10)));
        assertInstanceOf(NoSuchFileException.class, queue.await(knote, 0, EventBatch.ERROR).error);
    }

    @Test
    void oneShotIsToldOnce() throws Exception {
        PathKnote knote = queue.filter.register(directory, CREATE, KeventOps.OP_ONESHOT, null);
        Files.createFile(file);
        queue.await(knote, CREATE);
        assertEquals(0, knote.interestOps());
        end = queue.watch(last, MODIFY);
        create("other");
        assertEquals(1, all(knote).events);
    }

    @Test
    void samePathAgainIsTheSameKnote() throws Exception {
        PathKnote knote = queue.filter.register(file, CREATE, 0, "first");
        int flags = KeventOps.OP_DISPATCH | KeventQueue.DISABLED | KeventQueue.priority(Knote.MAX_PRIORITY);
        PathKnote again = queue.filter.register(directory.resolve("away").resolve("..").resolve("file"), DELETE, flags, "second");
        assertSame(knote, again);
        assertEquals(DELETE, knote.kinds());
        assertEquals(KeventOps.OP_DISPATCH, knote.interestOps());
        assertFalse(knote.isEnabled());
        assertEquals(Knote.MAX_PRIORITY, knote.priority());
        assertEquals("second", knote.attachment());
        assertEquals(file, knote.path());
    }

    @Test
    void refusedRegistrationLeavesTheKnoteAsItWas() throws Exception {
        PathKnote knote = queue.filter.register(file, CREATE, 0, "first");
        assertThrows(IllegalArgumentException.class, () -> queue.filter.register(file, DELETE, KeventOps.OP_WAKE_ONE, "second"));
        assertEquals(CREATE, knote.kinds());
        assertEquals("first", knote.attachment());
    }

    // ---- coming and going

    @Test
    void missingParentIsRefused() {
        Path missing = directory.resolve("missing");
        NoSuchFileException refusal = assertThrows(NoSuchFileException.class, () -> queue.watch(missing.resolve("file"), ALL));
        assertEquals(missing.toString(), refusal.getFile());
        assertTrue(refusal.getMessage().contains("does not exist"), refusal.getMessage());
        assertFalse(isWatching());
    }

    @Test
    void deletedKnoteIsToldNothing() throws Exception {
        PathKnote knote = watch(file, ALL);
        knote.delete();
        Files.createFile(file);
        assertEquals(0, all(knote).events);
        assertThrows(DeletedKnoteException.class, () -> knote.kinds(CREATE));
    }

    @Test
    void pathOfDeletedKnoteIsRegisteredAnew() throws Exception {
        PathKnote knote = watch(file, ALL);
        knote.delete();
        PathKnote other = queue.watch(file, ALL);
        assertNotEquals(knote, other);
        Files.createFile(file);
        queue.await(other, CREATE);
        assertNull(queue.told.get(knote));
    }

    @Test
    void threadEndsWithTheLastKnote() throws Exception {
        PathKnote one = queue.watch(file, ALL);
        PathKnote other = queue.watch(directory, ALL);
        one.delete();
        assertTrue(isWatching());
        other.delete();
        assertFalse(isWatching());
        PathKnote third = queue.watch(file, ALL);
        Files.createFile(file);
        queue.await(third, CREATE);
    }

    @Test
    void closedQueueRefuses() throws Exception {
        PathKnote knote = queue.watch(file, ALL);
        queue.close();
        assertFalse(knote.isValid());
        assertThrows(ClosedQueueException.class, () -> queue.watch(file, ALL));
        assertFalse(isWatching());
    }

    @Test
    void registrationsThatRaceWithCloseLeaveNothingBehind() throws Exception {
        for (int i = 0; i < 50; i++) {
            Queue raced = new Queue();
            Thread registering = new Thread(() -> assertThrows(ClosedQueueException.class, () -> {
                for (int k = 0;; k++) {
                    raced.watch(directory.resolve("file" + k % 3), ALL).delete();
                    raced.watch(directory.resolve("stays" + k), ALL);
                }
            }));
            registering.start();
            raced.watch(directory, ALL);
            raced.close();
            registering.join();
            assertFalse(isWatching());
        }
    }

    @Test
    void queuesAreIndependent() throws Exception {
        Queue other = new Queue();
        try {
            PathKnote here = watch(file, ALL);
            PathKnote there = other.watch(file, ALL);
            Files.createFile(file);
            assertEquals(CREATE, queue.await(here, CREATE).kinds);
            assertEquals(CREATE, other.await(there, CREATE).kinds);
            here.delete();
            Files.delete(file);
            other.await(there, DELETE);
            assertEquals(CREATE, all(here).kinds);
        } finally {
            other.close();
        }
    }
}
