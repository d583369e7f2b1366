// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** OP_ACCEPT: reported while a connection waits to be accepted. */
class AcceptReadinessTest extends SelectorContract {

    private ServerSocketChannel listener;
    private SelectionKey key;

    @BeforeEach
    void openListener() throws IOException {
        // a backlog that no test fills: Linux would drop connections, which then take a second to come again
        listener = closeLater(ServerSocketChannel.open()).bind(LoopbackPair.anyPort(), 1_024);
        listener.configureBlocking(false);
        key = listener.register(selector, OP_ACCEPT);
    }

    private void connect(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            closeLater(SocketChannel.open(listener.getLocalAddress()));
        }
    }

    private void acceptOne() throws IOException {
        assertNotNull(closeLater(listener.accept()));
    }

    @Test
    void idleListenerIsNotReported() throws IOException {
        assertReportsNothing();
    }

    @Test
    void waitingConnectionIsReported() throws IOException {
        connect(1);
        assertReports(key, OP_ACCEPT);
        assertTrue(key.isAcceptable());
        acceptOne();
        assertNull(listener.accept());
        assertReportsNothing();
    }

    @Test
    void connectionMadeBeforeTheRegistrationIsReported() throws IOException {
        key.cancel();
        selector.selectNow();
        connect(1);
        key = listener.register(selector, OP_ACCEPT);
        assertReports(key, OP_ACCEPT);
    }

    @Test
    void waitingConnectionIsReportedByEachSelect() throws IOException {
        connect(1);
        for (int i = 0; i < 10; i++) {
            assertReports(key, OP_ACCEPT);
        }
    }

    @Test
    void severalConnectionsAreReportedUntilTheLastIsAccepted() throws IOException {
        connect(10);
        for (int i = 0; i < 10; i++) {
            assertReports(key, OP_ACCEPT);
            acceptOne();
        }
        assertReportsNothing();
    }

    @Test
    void connectionsLeftInTheBacklogAreReportedWhenOthersCome() throws IOException {
        connect(2);
        assertReports(key, OP_ACCEPT);
        acceptOne();
        connect(1);
        assertReports(key, OP_ACCEPT);
        acceptOne();
        assertReports(key, OP_ACCEPT);
        acceptOne();
        assertReportsNothing();
    }

    @Test
    void connectionThatComesWithInterestOffIsReportedWhenItIsOn() throws IOException {
        key.interestOps(0);
        connect(2);
        assertReportsNothing();
        key.interestOps(OP_ACCEPT);
        assertReports(key, OP_ACCEPT);
        acceptOne();
        key.interestOps(0);
        assertReportsNothing();
        key.interestOps(OP_ACCEPT);
        assertReports(key, OP_ACCEPT);
    }

    @Test
    void blockedSelectReturnsWhenAConnectionComes() throws Exception {
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        connect(1);
        assertEquals(1, select.result());
        assertTrue(key.isAcceptable());
    }

    @Test
    void connectionThatThePeerHasClosedAlreadyIsReported() throws IOException {
        SocketChannel.open(listener.getLocalAddress()).close();
        assertReports(key, OP_ACCEPT);
        acceptOne();
    }

    @Test
    void acceptedChannelsCanBeRegisteredWithTheSameSelector() throws IOException {
        SocketChannel client = closeLater(SocketChannel.open(listener.getLocalAddress()));
        assertReports(key, OP_ACCEPT);
        SocketChannel accepted = closeLater(listener.accept());
        accepted.configureBlocking(false);
        SelectionKey reads = accepted.register(selector, OP_READ);
        assertReportsNothing();
        client.close();
        assertReports(reads, OP_READ);
    }

    @Test
    void everySelectorOfAListenerSeesTheConnection() throws IOException {
        Selector other = closeLater(Selector.open());
        listener.register(other, OP_ACCEPT);
        connect(1);
        assertReports(key, OP_ACCEPT);
        assertEquals(1, other.select(LONG_MILLIS));
        acceptOne();
        assertReportsNothing();
        other.selectedKeys().clear();
        assertEquals(0, other.selectNow());
    }

    @Test
    void unboundListenerReportsNothingUntilItIsBoundAndConnectedTo() throws IOException {
        listener.close();
        selector.selectNow();
        listener = closeLater(ServerSocketChannel.open());
        listener.configureBlocking(false);
        key = listener.register(selector, 0);
        assertReportsNothing();
        listener.bind(LoopbackPair.anyPort());
        key.interestOps(OP_ACCEPT);
        assertReportsNothing();
        connect(1);
        assertReports(key, OP_ACCEPT);
        acceptOne();
    }

    @Test
    void loopAcceptsALoadOfConnections() throws Exception {
        int connections = 200;
        BackgroundTask<Integer> clients = BackgroundTask.start(() -> {
            for (int i = 0; i < connections; i++) {
                SocketChannel.open(listener.getLocalAddress()).close();
            }
            return connections;
        });
        for (int accepted = 0; accepted < connections;) {
            assertReports(key, OP_ACCEPT);
            for (SocketChannel next = listener.accept(); next != null; next = listener.accept()) {
                next.close();
                accepted++;
            }
        }
        assertEquals(connections, clients.result());
        assertReportsNothing();
    }
}
