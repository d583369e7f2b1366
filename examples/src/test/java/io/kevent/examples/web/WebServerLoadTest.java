// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import io.kevent.examples.support.Bounded;
import io.kevent.examples.support.Leftovers;
import io.kevent.examples.support.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Thousands of clients of all manners. Each checks what it gets; here it is checked that the server never gave one connection to two threads nor to any after
 * it was torn down, that each was torn down once, those that were idle by a last event that was asked for, and that nothing is left over.
 */
class WebServerLoadTest {
    private static final int WAVES = 6;
    private static final int VISITS = 500;
    private static final int AT_ONCE = 200;
    private static final int WORKERS = 4;

    /** How often it is looked for idle ones follows from it; when a connection is idle its client says. */
    private static final Duration IDLE = Duration.ofMillis(4);

    private final ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE, work -> new Thread(work, "client"));
    private final Complaints complaints = new Complaints("io.kevent");

    /** Among others a socket, with the first that is closed. */
    @BeforeAll
    static void letTheJdkOpenWhatItKeeps() throws Exception {
        try (WatchedServer server = new WatchedServer()) {
            server.start(1, Thread::new, IDLE);
            new Visit(server, Visit.Manner.LEAVING, new SplittableRandom(0)).call();
        }
    }

    @BeforeEach
    void listen() {
        complaints.begin();
    }

    @AfterEach
    void end() throws InterruptedException {
        complaints.end();
        clients.shutdownNow();
        assertTrue(clients.awaitTermination(Bounded.LIMIT.toSeconds(), TimeUnit.SECONDS), "clients are left");
    }

    @Test
    void noConnectionIsServedTwiceAtOnceNorAfterItsEndAndNothingIsLeft() throws Exception {
        Leftovers before = Leftovers.before();
        serve(work -> new Thread(work, "web-worker"));
        before.untilNoDescriptorIsLeft();
        Leftovers.assertNoThread("web-");
    }

    @Test
    void noneIsServedTwiceAtOnceByVirtualThreadsEither() throws Exception {
        assumeTrue(VirtualThreads.areThere(), "virtual threads are of JDK 21 and up");
        Leftovers before = Leftovers.beforeSockets();
        serve(VirtualThreads.factory());
        before.untilNoDescriptorIsLeft();
        Leftovers.assertNoThread("web-");
    }

    private void serve(ThreadFactory factory) throws Exception {
        Queue<Thread> workers = new ConcurrentLinkedQueue<>();
        int givenUp = 0;
        WatchedServer server = new WatchedServer();
        try (server) {
            server.start(WORKERS, work -> {
                Thread worker = factory.newThread(work);
                workers.add(worker);
                return worker;
            }, IDLE);
            Leftovers atRest = Leftovers.beforeSockets();
            for (int wave = 0; wave < WAVES; wave++) {
                givenUp += send(server, new SplittableRandom(wave));
                Bounded.until("the server has let go of all connections", () -> server.connections() == 0);
                atRest.untilNoDescriptorIsLeft();
            }
        }
        assertEquals(List.of(), server.faults());
        assertEquals(List.of(), complaints.all());
        assertEquals(WAVES * VISITS, server.accepted());
        assertEquals(WAVES * VISITS, server.tornDown());
        assertEquals(givenUp, server.forced());
        assertEquals(List.of(), workers.stream().filter(Thread::isAlive).toList());
    }

    /** Sends a wave of clients, and returns how many of them the server had to give up, when all are back. */
    private int send(WatchedServer server, SplittableRandom random) throws Exception {
        List<Future<Void>> visits = new ArrayList<>();
        int givenUp = 0;
        for (int i = 0; i < VISITS; i++) {
            Visit.Manner manner = Visit.Manner.draw(random);
            givenUp += manner.isGivenUp() ? 1 : 0;
            visits.add(clients.submit(new Visit(server, manner, random.split())));
        }
        for (Future<Void> visit : visits) {
            visit.get(Bounded.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        return givenUp;
    }
}
