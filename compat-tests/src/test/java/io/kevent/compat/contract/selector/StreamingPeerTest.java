// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.ThreadUsage;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Keys whose peers send, now more, now less, while the interest is off: what is true when it is on again counts, and nothing else. */
class StreamingPeerTest extends SelectorContract {

    private static final int ROUNDS = 60;
    private static final int PACKETS = 1_000;

    private void selectNothing() throws IOException {
        selector.selectedKeys().clear();
        assertEquals(0, selector.selectNow());
    }

    @Test
    void anyNumberOfArrivalsWhileOffIsReportedOnceOn() throws IOException {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ);
        for (int round = 0; round < ROUNDS; round++) {
            key.interestOps(0);
            for (int arrivals = round % 12; arrivals > 0; arrivals--) {
                write(pipe, 1);
                selectNothing();
            }
            write(pipe, 1);
            key.interestOps(OP_READ);
            assertReports(key, OP_READ);
            drain(pipe.source());
        }
        assertReportsNothing();
    }

    @Test
    void arrivalsThatAreGoneWhenTheInterestIsOnAreNotReported() throws IOException {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ);
        for (int round = 0; round < ROUNDS; round++) {
            key.interestOps(0);
            for (int arrivals = round % 12; arrivals > 0; arrivals--) {
                write(pipe, 1);
                selectNothing();
                drain(pipe.source());
            }
            key.interestOps(OP_READ);
            selectNothing();
        }
        write(pipe, 1);
        assertReports(key, OP_READ);
    }

    @Test
    void dataLeftUnreadOverManyOffsAndOnsIsReportedEachTime() throws IOException {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ);
        write(pipe, 1);
        for (int round = 0; round < ROUNDS; round++) {
            assertReports(key, OP_READ);
            for (int again = round % 5; again > 0; again--) {
                assertReports(key, OP_READ);
            }
            key.interestOps(0);
            for (int turns = round % 4; turns > 0; turns--) {
                selectNothing();
            }
            key.interestOps(OP_READ);
        }
    }

    @Test
    void habitsThatChangeAgainAndAgain() throws IOException {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ);
        for (int round = 0; round < ROUNDS; round++) {
            // on for a while, with something to read in each turn
            for (int i = 0; i < 8; i++) {
                write(pipe, 1);
                assertReports(key, OP_READ);
                drain(pipe.source());
                selectNothing();
            }
            // off for a while, with a peer that does not care
            key.interestOps(0);
            for (int i = 0; i < round % 9; i++) {
                write(pipe, 1);
                selectNothing();
            }
            int left = round % 9;
            assertEquals(left, drain(pipe.source()));
            key.interestOps(OP_READ);
            selectNothing();
        }
    }

    @Test
    void endOfStreamAfterArrivalsWhileOffIsReportedOnceOn() throws IOException {
        for (int arrivals = 0; arrivals < 10; arrivals++) {
            try (LoopbackPair pair = LoopbackPair.open()) {
                SelectionKey key = pair.near().register(selector, OP_READ);
                selectNothing();
                key.interestOps(0);
                for (int i = 0; i < arrivals; i++) {
                    pair.send(1);
                    selectNothing();
                }
                pair.far().close();
                selectNothing();
                key.interestOps(OP_READ);
                assertReports(key, OP_READ);
                assertEquals(arrivals, drain(pair.near()));
                assertReports(key, OP_READ);
            }
            selector.selectNow();
        }
    }

    @Test
    void resetAfterArrivalsWhileOffIsReportedOnceOn() throws IOException {
        for (int arrivals = 0; arrivals < 10; arrivals++) {
            try (LoopbackPair pair = LoopbackPair.open()) {
                SelectionKey key = pair.near().register(selector, OP_READ | OP_WRITE);
                assertReports(key, OP_WRITE);
                key.interestOps(0);
                for (int i = 0; i < arrivals; i++) {
                    pair.send(1);
                    selectNothing();
                }
                pair.resetFar();
                selectNothing();
                key.interestOps(OP_WRITE);
                assertReports(key, OP_WRITE);
                key.interestOps(OP_READ);
                assertReports(key, OP_READ);
            }
            selector.selectNow();
        }
    }

    @Test
    void arrivalsWhileOnlyWritingIsOfInterestAreReportedWhenReadingIs() throws IOException {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int arrivals = round % 6; arrivals > 0; arrivals--) {
                pair.send(1);
                assertReports(key, OP_WRITE);
            }
            key.interestOps(OP_READ);
            if (round % 6 == 0) {
                selectNothing();
            } else {
                assertReports(key, OP_READ);
                int left = round % 6;
                while (left > 0) {
                    left -= Math.max(0, drain(pair.near()));
                }
            }
            key.interestOps(OP_WRITE);
        }
    }

    @Test
    void streamIntoAKeyWithInterestOffDoesNotWakeTheSelectingThread() throws Exception {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.send(1);
        assertReports(key, OP_READ);
        key.interestOps(0);
        selectNothing();
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        BackgroundTask<Void> sender = BackgroundTask.start(task(() -> {
            for (; !done.get(); sent.incrementAndGet()) {
                pair.send(1);
            }
        }));
        BackgroundTask<Void> reader = BackgroundTask.start(task(() -> {
            while (!sender.isDone()) {
                drain(pair.near());
            }
        }));
        long waits = ThreadUsage.waits();
        long cpu = ThreadUsage.cpuMillis();
        do {
            assertEquals(0, selector.select(1_000));
            // on a busy machine the sender may hardly have run: a stream of few packets shows nothing
        } while (sent.get() < PACKETS);
        long wakes = ThreadUsage.waits() - waits;
        long used = ThreadUsage.cpuMillis() - cpu;
        done.set(true);
        sender.result();
        reader.result();
        assertTrue(wakes < 100, sent + " packets woke the selecting thread " + wakes + " times");
        assertTrue(used < 300, sent + " packets cost the selecting thread " + used + " ms");
    }
}
