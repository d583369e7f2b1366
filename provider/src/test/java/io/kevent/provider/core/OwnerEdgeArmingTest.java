// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.CountingKernel;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.SimulatedKernel;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Edges that the owner asked for, in turns that are run in parts: others change the interest while one waits. */
class OwnerEdgeArmingTest {
    private static final int FD = 7;
    private static final int OTHER_FD = 8;

    private final SimulatedKernel simulated = new SimulatedKernel();
    private final CountingKernel calls = new CountingKernel(simulated);
    private final KnoteTable table = new KnoteTable();
    private Collector collector;
    private DatagramChannel channel;

    @BeforeEach
    void open() throws IOException {
        collector = new Collector(calls, table);
        channel = DatagramChannel.open();
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        collector.close();
    }

    private TestKnote add(int fd, int interest) {
        TestKnote knote = new TestKnote(channel, fd, collector.looks());
        table.add(knote);
        knote.interest(interest, collector.changes());
        return knote;
    }

    /** Takes the one knote that was found. Returns the operations that are reported. */
    private int report(Knote knote) {
        assertSame(knote, collector.batch().take());
        int operations = collector.batch().report(knote);
        collector.batch().keepRest();
        return operations;
    }

    private void carryOut(Knote knote, int interest) throws IOException {
        knote.setInterest(interest);
        collector.carryOut(knote);
    }

    @Test
    void operationTurnedOnIsAskedForThoughAnotherIsReportedBefore() throws IOException {
        TestKnote knote = add(FD, OP_READ | OP_WRITE | OP_EDGE);
        simulated.arrive(FD, Events.OUT);
        collector.turn(0);
        assertEquals(OP_WRITE, report(knote));
        carryOut(knote, OP_READ | OP_EDGE);
        int wait = collector.prepare(0);
        carryOut(knote, OP_READ | OP_WRITE | OP_EDGE);
        add(OTHER_FD, OP_READ);
        calls.failNext(Call.ADD);
        assertThrows(IOException.class, collector::review, "so that nobody is asked for");
        simulated.arrive(FD, Events.IN);
        collector.finish(collector.await(wait));
        assertEquals(OP_READ, report(knote));
        collector.turn(0);
        assertEquals(OP_WRITE, report(knote));
    }
}
