// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ClosedQueueException;
import io.kevent.DeletedKnoteException;
import io.kevent.PathKnote;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static io.kevent.PathKnote.ALL;
import static io.kevent.PathKnote.CREATE;
import static io.kevent.PathKnote.DELETE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Knotes of paths that come and go, and what they leave behind: nothing. */
class PathTeardownTest extends PathTestBase {
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
            PathQueue raced = new PathQueue();
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
        PathQueue other = new PathQueue();
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
