// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.CountingKernel;
import io.kevent.provider.kernel.Doorbell;
import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.Kernel;
import io.kevent.provider.kernel.Probe;
import io.kevent.provider.kernel.SimulatedKernel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The collector's turn, on more knotes than a process could have channels. */
class CollectorTest {
    private static final int IDLE = 5000;
    private static final int BATCH = 16;

    private final SimulatedKernel simulated = new SimulatedKernel(BATCH);
    private final CountingKernel calls = new CountingKernel(simulated);
    private final KnoteTable table = new KnoteTable();
    private Collector collector;

    @BeforeEach
    void open() throws IOException {
        collector = new Collector(calls, table);
    }

    @AfterEach
    void close() throws IOException {
        collector.close();
    }

    private TestKnote add(int fd, int interest) {
        TestKnote knote = new TestKnote(fd, collector.looks());
        table.add(knote);
        knote.interest(interest, collector.changes());
        return knote;
    }

    /** Runs a turn and takes all of it. */
    private List<Knote> turn() throws IOException {
        collector.turn(0);
        List<Knote> reported = new ArrayList<>();
        for (Knote knote = collector.batch().take(); knote != null; knote = collector.batch().take()) {
            if (collector.batch().report(knote) != 0) {
                reported.add(knote);
            } else {
                collector.batch().unwanted(knote);
            }
        }
        return reported;
    }

    /** Knotes that are edge-triggered and have been reported, disabled and enabled again, but are not ready any more. */
    private List<TestKnote> idleEdgeKnotes(int count) throws IOException {
        List<TestKnote> knotes = new ArrayList<>();
        for (int fd = 0; fd < count; fd++) {
            TestKnote knote = add(fd, OP_READ | OP_DISPATCH);
            knotes.add(knote);
            simulated.arrive(fd, Events.IN);
            turn();
            turn();
            simulated.drain(fd, Events.IN);
            knote.interest(OP_READ | OP_DISPATCH, collector.changes());
            turn();
        }
        return knotes;
    }

    /** A knote that was told and reported, is still ready, and is enabled again. */
    private TestKnote readySuspect() throws IOException {
        TestKnote knote = idleEdgeKnotes(1).get(0);
        simulated.arrive(knote.fd(), Events.IN);
        turn();
        turn();
        knote.interest(OP_READ | OP_DISPATCH, collector.changes());
        calls.reset();
        return knote;
    }

    @Test
    void idleKnotesAreNotAskedFor() throws IOException {
        List<TestKnote> knotes = idleEdgeKnotes(IDLE);
        turn();
        calls.reset();
        TestKnote active = knotes.get(IDLE / 2);
        for (int i = 0; i < 100; i++) {
            simulated.arrive(active.fd(), Events.IN);
            assertEquals(List.of(active), turn());
            assertEquals(List.of(), turn());
            simulated.drain(active.fd(), Events.IN);
            active.interest(OP_READ | OP_DISPATCH, collector.changes());
            assertEquals(List.of(), turn());
        }
        assertEquals(100, calls.count(Call.PROBE));
        // and for the engine
        assertEquals(100 * (1 + 1), calls.questions());
    }

    @Test
    void suspectsAreAskedForInOneProbe() throws IOException {
        List<TestKnote> knotes = idleEdgeKnotes(100);
        for (TestKnote knote : knotes) {
            simulated.arrive(knote.fd(), Events.IN);
        }
        List<Knote> reported = new ArrayList<>();
        for (int i = 0; i < 100 / BATCH + 1; i++) {
            reported.addAll(turn());
        }
        turn();
        assertEquals(knotes.size(), reported.size());
        for (TestKnote knote : knotes) {
            knote.interest(OP_READ | OP_DISPATCH, collector.changes());
        }
        calls.reset();
        assertEquals(knotes.size(), turn().size());
        assertEquals(1, calls.count(Call.PROBE));
        // and for the engine
        assertEquals(100 + 1, calls.questions());
    }

    @Test
    void turnWhoseSuspectIsReadyCollectsNothingFromAnEngineThatHasNothing() throws IOException {
        TestKnote suspect = readySuspect();
        assertEquals(List.of(suspect), turn());
        assertEquals("{PROBE=1}", calls.calls());
    }

    @Test
    void turnWhoseSuspectIsReadyCollectsWhatTheEngineHas() throws IOException {
        TestKnote other = add(7, OP_READ);
        TestKnote suspect = readySuspect();
        simulated.arrive(7, Events.IN);
        assertEquals(List.of(suspect, other), turn());
    }

    @Test
    void turnWhoseSuspectIsNotReadyWaits() throws Exception {
        TestKnote suspect = readySuspect();
        simulated.drain(suspect.fd(), Events.IN);
        FutureTask<Boolean> turn = new FutureTask<>(() -> collector.turn(-1));
        new Thread(turn).start();
        simulated.awaitWaiter();
        collector.wakeup().wake();
        assertTrue(turn.get(30, TimeUnit.SECONDS));
        assertEquals("{WAIT=1, PROBE=1, RING=1}", calls.calls());
    }

    @Test
    void nextTurnCollectsThoughTheOneBeforeNeedNot() throws IOException {
        TestKnote suspect = readySuspect();
        turn();
        simulated.drain(suspect.fd(), Events.IN);
        suspect.interest(OP_READ | OP_DISPATCH, collector.changes());
        turn();
        simulated.arrive(suspect.fd(), Events.IN);
        assertEquals(List.of(suspect), turn());
    }

    @Test
    void suspectThatIsReadyIsAskedForOnceByATurnThatMayWait() throws IOException {
        TestKnote knote = readySuspect();
        collector.turn(-1);
        assertSame(knote, collector.batch().take());
        assertEquals(1, calls.count(Call.PROBE));
    }

    @Test
    void fullBatchMeansThatThereMayBeMore() throws IOException {
        for (int fd = 0; fd < BATCH + 1; fd++) {
            add(fd, OP_READ | OP_DISPATCH);
            simulated.arrive(fd, Events.IN);
        }
        assertEquals(BATCH, turn().size());
        assertTrue(collector.hasMore());
        assertEquals(1, turn().size());
        assertFalse(collector.hasMore());
    }

    @Test
    void eventOfADescriptorWhoseKnoteWasReplacedIsIgnored() throws IOException {
        TestKnote old = add(7, OP_READ);
        turn();
        simulated.arrive(7, Events.IN);
        TestKnote[] next = new TestKnote[1];
        simulated.onNextCollected(() -> {
            forget(old);
            table.remove(old);
            simulated.drain(7, Events.IN);
            next[0] = add(7, OP_READ);
        });
        assertEquals(List.of(), turn());
        assertEquals(List.of(), turn());
        simulated.arrive(7, Events.IN);
        assertEquals(List.of(next[0]), turn());
    }

    /** What the kernel tells is meant for the channel that had the descriptor before. */
    @Test
    void eventOfADescriptorWhoseKnoteWasReplacedIsNotTakenForUnreadData() throws IOException {
        TestKnote old = add(7, OP_READ);
        turn();
        simulated.arrive(7, Events.IN);
        simulated.onNextCollected(() -> {
            forget(old);
            table.remove(old);
            simulated.drain(7, Events.IN);
            TestKnote next = add(7, OP_READ | OP_DISPATCH);
            carryOut(next);
            next.beginRead();
            next.endRead(false, true);
        });
        assertEquals(List.of(), turn());
        assertEquals(List.of(), turn());
    }

    private void carryOut(Knote knote) {
        try {
            collector.carryOut(knote);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void forget(Knote knote) {
        try {
            collector.forget(knote);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void changeOfAKnoteThatLeftTheTableIsDropped() throws IOException {
        TestKnote knote = add(7, OP_READ);
        table.remove(knote);
        turn();
        assertEquals(List.of(), simulated.watched(7));
    }

    @Test
    void restOfABatchIsKept() throws IOException {
        for (int fd = 0; fd < 4; fd++) {
            add(fd, OP_READ | OP_DISPATCH);
            simulated.arrive(fd, Events.IN);
        }
        collector.turn(0);
        Knote first = collector.batch().take();
        collector.batch().report(first);
        collector.batch().keepRest();
        assertNull(collector.batch().take());
        List<Knote> rest = turn();
        assertEquals(3, rest.size());
        assertFalse(rest.contains(first));
    }

    @Test
    void changesBehindAnErrorAreCarriedOutByTheNextTurn() throws IOException {
        OutOfMemoryError error = new OutOfMemoryError("by the test");
        for (int fd = 0; fd < 4; fd++) {
            add(fd, OP_READ);
        }
        calls.beforeNext(Call.ADD, () -> {
            throw error;
        });
        assertSame(error, assertThrows(OutOfMemoryError.class, this::turn));
        turn();
        for (int fd = 0; fd < 4; fd++) {
            assertEquals(List.of("IN"), simulated.watched(fd));
        }
    }

    @Test
    void allRefusalsOfATurnAreTold() throws IOException {
        add(0, OP_READ);
        add(1, OP_READ);
        calls.failNext(Call.ADD, 2);
        IOException thrown = assertThrows(IOException.class, this::turn);
        assertEquals(1, thrown.getSuppressed().length);
    }

    @Test
    void wakeIsHeardByTheTurnThatIsNext() throws IOException {
        collector.wakeup().wake();
        assertTrue(collector.turn(-1));
        assertFalse(collector.turn(0));
    }

    @Test
    void refusalThatTheOwnerSeesToIsNotThrown() throws IOException {
        List<Knote> refused = new ArrayList<>();
        use(new Collector(calls, table, (knote, refusal) -> refused.add(knote)));
        TestKnote first = add(1, OP_READ);
        TestKnote second = add(2, OP_READ);
        calls.failNext(Call.ADD, 3);
        assertEquals(List.of(), turn());
        simulated.arrive(1, Events.IN);
        simulated.arrive(2, Events.IN);
        assertEquals(List.of(second), turn());
        assertEquals(List.of(first, second), refused);
    }

    @Test
    void failedCollectionIsThrownThoughTheOwnerSeesToRefusals() throws IOException {
        use(new Collector(calls, table, (knote, refusal) -> true));
        calls.failNext(Call.COLLECT);
        assertThrows(IOException.class, this::turn);
    }

    @Test
    void changesBehindOneWhoseOwnerFailsToSeeToItsRefusalAreNotLost() throws IOException {
        use(new Collector(calls, table, (knote, refusal) -> {
            throw new IllegalStateException("thrown by the test");
        }));
        add(1, OP_READ);
        TestKnote second = add(2, OP_READ);
        simulated.arrive(2, Events.IN);
        calls.failNext(Call.ADD);
        assertThrows(IllegalStateException.class, this::turn);
        assertEquals(List.of(second), turn());
    }

    private void use(Collector other) throws IOException {
        collector.close();
        collector = other;
    }

    @Test
    void wakeIsHeardThoughTheCollectionFails() throws IOException {
        collector.wakeup().wake();
        calls.failNext(Call.COLLECT);
        assertThrows(IOException.class, () -> collector.turn(-1));
        assertFalse(collector.turn(0));
    }

    @Test
    void whatAFailedCollectionMayHaveToldIsAskedForThoughAReadHasEmptiedTheChannelBefore() throws IOException {
        TestKnote knote = idleEdgeKnotes(1).get(0);
        knote.beginRead();
        knote.endRead(false, true);
        simulated.arrive(knote.fd(), Events.IN);
        simulated.onNextCollected(() -> {
            throw new OutOfMemoryError("by the test");
        });
        assertThrows(OutOfMemoryError.class, this::turn);
        assertEquals(List.of(knote), turn());
    }

    @Test
    void turnThatFoundSuspectsDoesNotWait() throws IOException {
        TestKnote knote = readySuspect();
        collector.turn(-1);
        assertSame(knote, collector.batch().take());
        collector.batch().report(knote);
        assertEquals(0, calls.count(Call.WAIT));
    }

    @Test
    void engineIsClosedWhenThereIsNoBell() throws IOException {
        int before = simulated.openDescriptors();
        calls.failNext(Call.OPEN_DOORBELL);
        assertThrows(IOException.class, () -> new Collector(calls, table));
        assertEquals(before, simulated.openDescriptors());
    }

    @Test
    void nothingIsOpenWhenThereIsNoMemoryForTheRest() {
        int before = simulated.openDescriptors();
        Kernel withoutMemory = new Kernel() {
            @Override
            public Engine openEngine() {
                return simulated.openEngine();
            }

            @Override
            public Doorbell openDoorbell(Engine engine) throws IOException {
                return simulated.openDoorbell(engine);
            }

            @Override
            public Probe openProbe() {
                throw new OutOfMemoryError("by the test");
            }
        };
        assertThrows(OutOfMemoryError.class, () -> new Collector(withoutMemory, table));
        assertEquals(before, simulated.openDescriptors());
    }

    @Test
    void nothingIsOpenWhenThereIsNoEngine() throws IOException {
        int before = simulated.openDescriptors();
        calls.failNext(Call.OPEN_ENGINE);
        assertThrows(IOException.class, () -> new Collector(calls, table));
        assertEquals(before, simulated.openDescriptors());
    }

    @Test
    void closeReleasesAllDescriptors() throws IOException {
        int before = simulated.openDescriptors();
        new Collector(calls, new KnoteTable()).close();
        assertEquals(before, simulated.openDescriptors());
    }

    /** A knote that the kernel is asked for level-triggered, as it has been for some turns. */
    private TestKnote levelKnote(int fd) throws IOException {
        TestKnote knote = add(fd, OP_READ);
        turn();
        knote.interest(0, collector.changes());
        knote.interest(OP_READ, collector.changes());
        turn();
        calls.reset();
        return knote;
    }

    @Test
    void interestThatIsBackBeforeAnEventIsNotLookedAt() throws IOException {
        TestKnote knote = levelKnote(1);
        knote.interest(0, collector.changes());
        knote.interest(OP_READ, collector.changes());
        assertNull(collector.changes().takeAll());
        simulated.arrive(1, Events.IN);
        assertEquals(List.of(knote), turn());
        assertEquals(0, calls.registrationCalls());
    }

    @Test
    void eventOfAnInterestThatWentOffUnseenIsReportedWhenItIsBack() throws IOException {
        TestKnote knote = levelKnote(1);
        knote.interest(0, collector.changes());
        simulated.arrive(1, Events.IN);
        assertEquals(List.of(), turn());
        assertEquals(List.of(), turn());
        assertEquals(1, calls.registrationCalls());
        knote.interest(OP_READ, collector.changes());
        assertEquals(List.of(knote), turn());
    }

    @Test
    void eventOfAnInterestThatWentOffUnseenWasNotWanted() throws IOException {
        TestKnote knote = levelKnote(1);
        knote.interest(0, collector.changes());
        simulated.arrive(1, Events.IN);
        collector.turn(0);
        assertSame(knote, collector.batch().take());
        assertEquals(0, collector.batch().report(knote));
        assertFalse(collector.batch().unwanted(knote));
    }

    @Test
    void peerThatGoesOnSendingToAnInterestThatWentOffUnseenIsSilenced() throws IOException {
        levelKnote(1).interest(0, collector.changes());
        for (int i = 0; i < 100; i++) {
            simulated.drain(1, Events.IN);
            simulated.arrive(1, Events.IN);
            turn();
        }
        assertTrue(calls.told() < 10, () -> "told " + calls.told() + " of 100");
    }

    @Test
    void interestThatComesBackWhileItsEventIsTakenForUnwantedIsReported() throws IOException {
        TestKnote knote = levelKnote(1);
        knote.interest(0, collector.changes());
        simulated.arrive(1, Events.IN);
        collector.turn(0);
        assertSame(knote, collector.batch().take());
        assertEquals(0, collector.batch().report(knote));
        knote.interest(OP_READ, collector.changes());
        collector.batch().unwanted(knote);
        assertNull(collector.batch().take());
        assertEquals(List.of(knote), turn());
    }
}
