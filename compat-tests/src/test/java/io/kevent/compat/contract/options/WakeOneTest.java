// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** OP_WAKE_ONE: eight selectors in eight threads on one listening socket. */
@Tag("kevent")
class WakeOneTest {

    private static final int SELECTORS = 8;
    private static final int CONNECTIONS = 10;
    private static final int MANY_CONNECTIONS = 400;
    private static final int CLIENTS = 4;

    private final List<Acceptor> acceptors = new ArrayList<>();
    private ServerSocketChannel listener;

    @BeforeEach
    void open() throws IOException {
        listener = ServerSocketChannel.open().bind(LoopbackPair.anyPort(), MANY_CONNECTIONS);
        listener.configureBlocking(false);
    }

    @AfterEach
    void close() throws Exception {
        for (Acceptor acceptor : acceptors) {
            acceptor.stop();
        }
        listener.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, OP_EDGE, OP_ONESHOT, OP_DISPATCH})
    void withoutTheOptionEachConnectionWakesAll(int options) throws Exception {
        start(options);
        assertEquals(CONNECTIONS * SELECTORS, wakeUpsOfConnectionsOneByOne(SELECTORS));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, OP_EDGE, OP_ONESHOT, OP_DISPATCH})
    void withTheOptionEachConnectionWakesAboutOne(int options) throws Exception {
        start(OP_WAKE_ONE | options);
        int wakeUps = wakeUpsOfConnectionsOneByOne(1);
        assertTrue(wakeUps >= CONNECTIONS, () -> wakeUps + " wake-ups for " + CONNECTIONS + " connections");
        // normally just one: a few more do no harm, one for each selector would be what happens without the option
        assertTrue(wakeUps <= 2 * CONNECTIONS, () -> wakeUps + " wake-ups for " + CONNECTIONS + " connections");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, OP_EDGE, OP_ONESHOT, OP_DISPATCH, OP_EDGE | OP_ONESHOT, OP_EDGE | OP_DISPATCH})
    void eachOfManyConnectionsIsAccepted(int options) throws Exception {
        start(OP_WAKE_ONE | options);
        Acceptor.letAccept(acceptors);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(this::connectMany, "client " + i);
            client.start();
            clients.add(client);
        }
        for (Thread client : clients) {
            client.join(Waiting.LIMIT.toMillis());
        }
        Waiting.until(MANY_CONNECTIONS + " connections are accepted", () -> Acceptor.accepted(acceptors) >= MANY_CONNECTIONS);
        assertEquals(MANY_CONNECTIONS, Acceptor.accepted(acceptors));
    }

    @Test
    void thoseWithoutTheOptionAreAllWokenBesideThoseWithIt() throws Exception {
        for (int i = 0; i < 3; i++) {
            acceptors.add(new Acceptor(listener, 0));
            acceptors.add(new Acceptor(listener, OP_WAKE_ONE));
        }
        startThreads();
        try (SocketChannel client = connect()) {
            Waiting.until("those without the option and one with it are woken", () -> wakeUps(0) == 3 && wakeUps(1) >= 1);
            Acceptor.untilSettled(acceptors);
            assertEquals(3, wakeUps(0));
            assertEquals(1, wakeUps(1));
            assertTrue(client.isConnected());
        }
    }

    /** Makes one connection after the other; nobody accepts one until all who will be woken by it are. */
    private int wakeUpsOfConnectionsOneByOne(int wokenAtLeast) throws Exception {
        int before = 0;
        for (int i = 1; i <= CONNECTIONS; i++) {
            int expected = before + wokenAtLeast;
            try (SocketChannel client = connect()) {
                Waiting.until(wokenAtLeast + " wake-ups by connection " + i, () -> Acceptor.wakeUps(acceptors) >= expected);
                Acceptor.untilSettled(acceptors);
                before = Acceptor.wakeUps(acceptors);
                Acceptor.letAcceptOnce(acceptors);
                int connections = i;
                Waiting.until("connection " + i + " is accepted", () -> Acceptor.accepted(acceptors) == connections);
                Acceptor.untilSettled(acceptors);
                assertTrue(client.isConnected());
            }
        }
        return Acceptor.wakeUps(acceptors);
    }

    private void start(int options) throws Exception {
        for (int i = 0; i < SELECTORS; i++) {
            acceptors.add(new Acceptor(listener, options));
        }
        startThreads();
    }

    private void startThreads() throws Exception {
        for (Acceptor acceptor : acceptors) {
            acceptor.start();
        }
        Acceptor.untilSettled(acceptors);
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(listener.getLocalAddress());
    }

    private void connectMany() {
        try {
            for (int i = 0; i < MANY_CONNECTIONS / CLIENTS; i++) {
                connect().close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The wake-ups of every other acceptor. */
    private int wakeUps(int first) {
        int total = 0;
        for (int i = first; i < acceptors.size(); i += 2) {
            total += acceptors.get(i).wakeUps();
        }
        return total;
    }
}
