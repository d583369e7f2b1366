// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.kernel.Watched;
import java.nio.channels.Pipe;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Wake-ups of a selector that is taken over, and those on their way when it is taken over or given back. The selector's own {@code wakeup()} is what a
 * thread still runs that was inside it before.
 */
class AdoptedWakeupTest extends AdoptionTestBase {

    @Test
    void askedForBeforeTheTakeOverEndsTheFirstSelect() throws Exception {
        selector.wakeup();
        assertEquals(0, selector.select(-1));
        assertTrue(selector.isAdopted());
        assertWaits();
    }

    @Test
    void endsTheNextSelect() throws Exception {
        adopt();
        assertTrue(adoption.wakeup(selector.jdk()));
        assertEquals(0, selector.select(-1));
        assertWaits();
    }

    @Test
    void endsASelectThatWaits() throws Exception {
        adopt();
        FutureTask<Integer> select = startSelect(-1, false);
        assertTrue(adoption.wakeup(selector.jdk()));
        assertEquals(0, result(select));
        assertWaits();
    }

    @Test
    void isHeardByASelectThatDoesNotWait() throws Exception {
        adopt();
        selector.wakeup();
        assertEquals(0, selectNow());
        assertWaits();
    }

    @Test
    void byTheSelectorsOwnMeansEndsTheNextSelectEachTime() throws Exception {
        adopt();
        for (int i = 0; i < 3; i++) {
            selector.jdk().wakeup();
            assertEquals(0, selector.select(-1));
        }
        assertWaits();
    }

    @Test
    void byTheSelectorsOwnMeansEndsASelectThatWaitsEachTime() throws Exception {
        adopt();
        for (int i = 0; i < 3; i++) {
            FutureTask<Integer> select = startSelect(-1, false);
            selector.jdk().wakeup();
            assertEquals(0, result(select));
        }
        assertWaits();
    }

    @Test
    void bothWaysAtOnceEndOneSelect() throws Exception {
        adopt();
        selector.jdk().wakeup();
        assertTrue(adoption.wakeup(selector.jdk()));
        assertEquals(0, selector.select(-1));
        assertWaits();
    }

    @Test
    void isTheJdksForASelectorThatHasNotSelected() throws Exception {
        assertFalse(adoption.wakeup(selector.jdk()));
    }

    @Test
    void isTheJdksAgainWhenItIsGivenBack() throws Exception {
        adopt();
        giveBack();
        assertFalse(adoption.wakeup(selector.jdk()));
    }

    @Test
    void takenOverByAReadyChannelToo() throws Exception {
        adopt();
        Pipe pipe = pipe();
        register(pipe, OP_READ);
        write(pipe);
        selector.wakeup();
        assertEquals(1, selector.select(-1));
        selector.jdk().selectedKeys().clear();
        read(pipe);
        assertWaits();
    }

    // ---- given back

    @Test
    void pendingOneEndsTheJdksNextSelect() throws Exception {
        adopt();
        selector.wakeup();
        giveBack();
        assertEquals(0, selector.select(-1));
        assertEquals(-1, selector.bodyTimeout());
        assertWaits();
    }

    @Test
    void pendingOneByTheSelectorsOwnMeansEndsTheJdksNextSelect() throws Exception {
        adopt();
        selector.jdk().wakeup();
        giveBack();
        assertEquals(0, selector.select(-1));
        assertWaits();
    }

    @Test
    void pendingBothWaysEndsTheJdksNextSelect() throws Exception {
        adopt();
        selector.jdk().wakeup();
        selector.wakeup();
        giveBack();
        assertEquals(0, selector.select(-1));
        assertWaits();
    }

    @Test
    void pendingOneEndsTheJdksNextSelectThoughTheKernelRefusesToLetGoOfTheBell() throws Exception {
        try (HeardLog log = new HeardLog()) {
            adopt();
            selector.wakeup();
            Watched.freezeWakeup(selector.jdk());
            giveBack();
            assertEquals(0, selector.select(-1));
            assertEquals(-1, selector.bodyTimeout());
            log.assertOne(Level.WARNING, selector.jdk() + " went back to the JDK and goes on", "epoll_ctl MOD");
        }
    }

    @Test
    void afterAPendingOneWasHandedBackTheNextOneStillWorks() throws Exception {
        adopt();
        selector.wakeup();
        giveBack();
        selector.wakeup();
        // the selector knows of the one that it was given
        assertEquals(1, Watched.rings(selector.jdk()));
        assertEquals(0, selector.select(-1));
        selector.wakeup();
        assertEquals(0, selector.select(-1));
        assertWaits();
    }

    @Test
    void withoutOneTheJdksNextSelectWaits() throws Exception {
        adopt();
        FutureTask<Integer> select = startSelect(-1, false);
        selector.wakeup();
        assertEquals(0, result(select));
        giveBack();
        assertEquals(0, Watched.rings(selector.jdk()));
        assertWaits();
    }

    @Test
    void afterOneByTheSelectorsOwnMeansTheJdksNextSelectWaits() throws Exception {
        selector.jdk().wakeup();
        assertEquals(0, selector.select(-1));
        selector.jdk().wakeup();
        assertEquals(0, selector.select(-1));
        giveBack();
        assertEquals(0, Watched.rings(selector.jdk()));
        assertWaits();
    }

    @Test
    void isWatchedForChangesWhileTakenOverAndForStateAfterwards() throws Exception {
        assertEquals("IN", Watched.wakeup(selector.jdk()));
        adopt();
        assertEquals("IN|EDGE", Watched.wakeup(selector.jdk()));
        giveBack();
        assertEquals("IN", Watched.wakeup(selector.jdk()));
    }
}
