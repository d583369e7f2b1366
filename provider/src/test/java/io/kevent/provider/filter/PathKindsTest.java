// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.PathKnote;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static io.kevent.PathKnote.ALL;
import static io.kevent.PathKnote.CREATE;
import static io.kevent.PathKnote.DELETE;
import static io.kevent.PathKnote.MODIFY;
import static io.kevent.PathKnote.RENAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What of a path is told, and what of that comes to a thread. */
class PathKindsTest extends PathTestBase {
    @Test
    void kindsNotAskedForAreNotTold() throws Exception {
        PathKnote knote = watch(file, DELETE);
        Files.createFile(file);
        Files.write(file, new byte[1]);
        Files.delete(file);
        PathQueue.Told told = all(knote);
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

    @Test
    void whatHappensWhileDisabledIsCountedAndToldOnce() throws Exception {
        PathKnote knote = queue.filter.register(directory, CREATE, KeventQueue.DISABLED, null);
        watchEnd();
        for (int i = 0; i < 3; i++) {
            create("file" + i);
        }
        assertEquals(0, all(knote).events);
        knote.enable();
        PathQueue.Told told = queue.await(knote, CREATE);
        assertEquals(3, told.count);
        assertEquals(1, told.events);
    }

    @Test
    void eventThatWasGivenBackIsMergedWithWhatHappenedSince() throws Exception {
        PathKnote knote = queue.watch(directory, CREATE | DELETE);
        Files.createFile(file);
        assertEquals(1, queue.dispatcher.take(queue.batch, 1, 1, TimeUnit.SECONDS.toNanos(10)));
        Files.delete(file);
        PathQueue.Told told = queue.await(knote, CREATE | DELETE);
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
        watchEnd();
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
}
