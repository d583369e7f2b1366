// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.kernel.Watched;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** However a key stands in the kernel when its selector is given back: the kernel watches what the JDK believes it does, and the JDK sees to the rest. */
class GiveBackTest extends AdoptionTestBase {
    private Pipe pipe;
    private SelectionKey key;

    @BeforeEach
    void register() throws IOException {
        pipe = pipe();
        key = register(pipe, OP_READ);
        adopt();
    }

    /** A byte arrives while the interest is off. */
    private void makeEdge() throws IOException {
        key.interestOps(0);
        write(pipe);
        assertEquals(0, selectNow());
        assertEquals("IN|PRI|RDHUP|EDGE", Watched.channel(key));
    }

    private void assertWatched(String events) throws IOException {
        assertEquals(events, Watched.channel(key), "watched by the kernel");
        assertEquals(events, Watched.believed(key), "as the JDK believes");
    }

    /** What the JDK's own method makes of it. */
    private void assertJdkSelects(int count) throws IOException {
        assertEquals(count, selectNow());
        assertEquals(0, selector.bodyTimeout());
    }

    @Test
    void levelAndOn() throws Exception {
        giveBack();
        assertWatched("IN");
        assertJdkSelects(0);
        write(pipe);
        assertJdkSelects(1);
        assertJdkSelects(1);
        assertWatched("IN");
    }

    @Test
    void levelAndOff() throws Exception {
        key.interestOps(0);
        assertEquals(0, selectNow());
        giveBack();
        assertWatched("IN");
        write(pipe);
        assertJdkSelects(0);
        assertWatched("not watched");
    }

    @Test
    void levelAndChangedToAnother() throws Exception {
        pipe.sink().configureBlocking(false);
        key = pipe.sink().register(selector.jdk(), OP_WRITE);
        assertEquals(1, selectNow());
        giveBack();
        assertWatched("OUT");
        assertJdkSelects(1);
    }

    @Test
    void edgeAndOff() throws Exception {
        makeEdge();
        giveBack();
        assertWatched("not watched");
        assertJdkSelects(0);
        key.interestOps(OP_READ);
        assertJdkSelects(1);
        assertWatched("IN");
    }

    @Test
    void edgeSilencedAndOff() throws Exception {
        makeEdge();
        for (int i = 0; i < 10; i++) {
            write(pipe);
            assertEquals(0, selectNow());
        }
        assertEquals("EDGE", Watched.channel(key));
        giveBack();
        assertWatched("not watched");
        key.interestOps(OP_READ);
        assertJdkSelects(1);
    }

    @Test
    void edgeAndOnAgainWithTheEventInBetween() throws Exception {
        makeEdge();
        key.interestOps(OP_READ);
        assertEquals(1, selectNow());
        assertEquals("IN|PRI|RDHUP|EDGE", Watched.channel(key));
        giveBack();
        assertWatched("IN");
        assertJdkSelects(1);
        assertJdkSelects(1);
        read(pipe);
        assertJdkSelects(0);
        assertWatched("IN");
    }

    @Test
    void edgeAndOnAndDrained() throws Exception {
        makeEdge();
        key.interestOps(OP_READ);
        assertEquals(1, selectNow());
        read(pipe);
        giveBack();
        assertWatched("IN");
        assertJdkSelects(0);
        write(pipe);
        assertJdkSelects(1);
    }

    @Test
    void edgeTurnedOnSinceTheLastSelect() throws Exception {
        makeEdge();
        key.interestOps(OP_READ);
        giveBack();
        assertWatched("not watched");
        assertJdkSelects(1);
        assertWatched("IN");
    }

    @Test
    void edgeTurnedOffSinceTheLastSelect() throws Exception {
        makeEdge();
        key.interestOps(OP_READ);
        assertEquals(1, selectNow());
        key.interestOps(0);
        giveBack();
        assertWatched("IN");
        assertJdkSelects(0);
        assertWatched("not watched");
    }

    @Test
    void edgeToldInTheSelectThatIsLeft() throws Exception {
        makeEdge();
        key.interestOps(OP_READ);
        assertEquals(1, selectNow());
        read(pipe);
        assertEquals(0, selectNow());
        key.interestOps(0);
        write(pipe);
        assertEquals(0, selectNow());
        key.interestOps(OP_READ);
        giveBack();
        assertJdkSelects(1);
        assertWatched("IN");
    }

    @Test
    void levelTurnedOffSinceTheLastSelect() throws Exception {
        key.interestOps(0);
        giveBack();
        assertWatched("IN");
        assertJdkSelects(0);
        assertWatched("not watched");
    }

    @Test
    void registeredSinceTheLastSelect() throws Exception {
        Pipe another = pipe();
        key = register(another, OP_READ);
        write(another);
        giveBack();
        assertWatched("not watched");
        assertJdkSelects(1);
        assertWatched("IN");
    }

    @Test
    void registeredWithoutInterest() throws Exception {
        Pipe another = pipe();
        key = register(another, 0);
        assertEquals(0, selectNow());
        giveBack();
        assertWatched("not watched");
        key.interestOps(OP_READ);
        write(another);
        assertJdkSelects(1);
        assertWatched("IN");
    }

    @Test
    void registeredWhileTakenOver() throws Exception {
        Pipe another = pipe();
        key = register(another, OP_READ);
        assertEquals(0, selectNow());
        giveBack();
        assertWatched("IN");
        write(another);
        assertJdkSelects(1);
    }

    @Test
    void refusedByTheKernel() throws Exception {
        Pipe another = pipe();
        key = register(another, OP_READ);
        write(another);
        try (HeardLog log = new HeardLog()) {
            Watched.addUnseen(key);
            assertEquals(0, selectNow());
            log.assertOne(Level.WARNING, "epoll_ctl ADD");
        }
        Watched.removeUnseen(key);
        giveBack();
        assertWatched("not watched");
        assertJdkSelects(1);
        assertWatched("IN");
    }

    @Test
    void refusedByTheKernelToBeLevelAgain() throws Exception {
        makeEdge();
        key.interestOps(OP_READ);
        assertEquals(1, selectNow());
        try (HeardLog log = new HeardLog()) {
            Watched.freeze(key);
            giveBack();
            log.assertOne(Level.INFO, key.channel().toString(), selector.jdk().toString(), "epoll_ctl MOD", "there is nothing to do");
        }
        assertWatched("not watched");
        assertJdkSelects(1);
        assertWatched("IN");
    }

    @Test
    void cancelledWhileTakenOver() throws Exception {
        selector.cancel(key);
        assertEquals(0, selectNow());
        assertWatched("not watched");
        assertNull(adoption.knote(key));
        giveBack();
        assertFalse(selector.jdk().keys().contains(key));
        assertFalse(pipe.source().isRegistered());
    }

    @Test
    void cancelledKeyIsNoneThatTheJdkTakesOutOfTheKernelAgain() throws Exception {
        giveBack();
        Adoption second = new Adoption(null);
        selector.use(second);
        assertEquals(0, selectNow());
        assertWatched("IN");
        key.cancel();
        synchronized (selector.jdk()) {
            second.implDereg(selector.jdk(), key);
        }
        assertWatched("not watched");
        assertTrue(second.giveBack(Duration.ZERO, LIMIT));
    }

    @Test
    void cancelledSinceTheLastSelect() throws Exception {
        key.cancel();
        giveBack();
        assertWatched("IN");
        assertJdkSelects(0);
        assertWatched("not watched");
        assertFalse(pipe.source().isRegistered());
    }

    @Test
    void edgeCancelledSinceTheLastSelect() throws Exception {
        makeEdge();
        key.cancel();
        giveBack();
        assertJdkSelects(0);
        assertWatched("not watched");
        assertFalse(pipe.source().isRegistered());
    }

    @Test
    void registeredAnewAfterACancel() throws Exception {
        SelectionKey before = key;
        selector.cancel(before);
        assertEquals(0, selectNow());
        key = register(pipe, OP_READ);
        write(pipe);
        assertEquals(1, selectNow());
        assertNull(adoption.knote(before));
        assertEquals(key.channel(), adoption.knote(key).channel());
        giveBack();
        assertWatched("IN");
        assertJdkSelects(1);
    }

    @Test
    void takenOverAgain() throws Exception {
        makeEdge();
        giveBack();
        Adoption second = new Adoption(null);
        selector.use(second);
        key.interestOps(OP_READ);
        assertEquals(1, selectNow());
        assertTrue(selector.isAdopted());
        assertEquals("IN", Watched.channel(key));
        read(pipe);
        assertEquals(0, selectNow());
        second.giveBack(Duration.ZERO, LIMIT);
        assertWatched("IN");
    }

    @Test
    void takesOverNoMoreAfterwards() throws Exception {
        giveBack();
        assertEquals(0, selectNow());
        assertFalse(selector.isAdopted());
        try (WovenSelector later = new WovenSelector(adoption)) {
            assertEquals(0, later.select(0));
            assertFalse(later.isAdopted());
        }
    }
}
