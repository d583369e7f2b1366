// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** UDP channels. */
class DatagramReadinessTest extends SelectorContract {

    private DatagramChannel near;
    private DatagramChannel far;

    @BeforeEach
    void openChannels() throws IOException {
        near = datagramChannel();
        far = datagramChannel();
    }

    private DatagramChannel datagramChannel() throws IOException {
        DatagramChannel channel = closeLater(DatagramChannel.open(StandardProtocolFamily.INET));
        channel.bind(LoopbackPair.anyPort());
        channel.configureBlocking(false);
        return channel;
    }

    private void send(int size) throws IOException {
        assertEquals(size, far.send(ByteBuffer.allocate(size), near.getLocalAddress()));
    }

    private void receiveOne() throws IOException {
        assertNotNull(near.receive(ByteBuffer.allocate(100)));
    }

    @Test
    void idleChannelIsNotReportedAsReadable() throws IOException {
        near.register(selector, OP_READ);
        assertReportsNothing();
    }

    @Test
    void datagramIsReportedUntilItIsReceived() throws IOException {
        SelectionKey key = near.register(selector, OP_READ);
        send(10);
        assertReports(key, OP_READ);
        assertReports(key, OP_READ);
        receiveOne();
        assertNull(near.receive(ByteBuffer.allocate(1)));
        assertReportsNothing();
    }

    @Test
    void eachOfSeveralDatagramsIsReported() throws IOException {
        SelectionKey key = near.register(selector, OP_READ);
        for (int i = 0; i < 10; i++) {
            send(i + 1);
        }
        for (int i = 0; i < 10; i++) {
            assertReports(key, OP_READ);
            receiveOne();
        }
        assertReportsNothing();
    }

    @Test
    void emptyDatagramIsReported() throws IOException {
        SelectionKey key = near.register(selector, OP_READ);
        send(0);
        assertReports(key, OP_READ);
        receiveOne();
        assertReportsNothing();
    }

    @Test
    void datagramThatCameBeforeTheRegistrationIsReported() throws IOException {
        send(1);
        assertReports(near.register(selector, OP_READ), OP_READ);
    }

    @Test
    void datagramThatComesWithInterestOffIsReportedWhenItIsOn() throws IOException {
        SelectionKey key = near.register(selector, 0);
        send(1);
        assertReportsNothing();
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void idleChannelIsWritable() throws IOException {
        SelectionKey key = near.register(selector, OP_READ | OP_WRITE);
        assertReports(key, OP_WRITE);
        assertReports(key, OP_WRITE);
    }

    @Test
    void unboundChannelIsWritable() throws IOException {
        DatagramChannel unbound = closeLater(DatagramChannel.open());
        unbound.configureBlocking(false);
        assertReports(unbound.register(selector, OP_READ | OP_WRITE), OP_WRITE);
    }

    @Test
    void connectedChannelIsReported() throws IOException {
        near.connect(far.getLocalAddress());
        SelectionKey key = near.register(selector, OP_READ);
        send(1);
        assertReports(key, OP_READ);
        assertEquals(1, near.read(ByteBuffer.allocate(10)));
        assertReportsNothing();
    }

    @Test
    void unreachablePortMakesTheInterestReadyAndTheReadTells() throws IOException {
        SocketAddress gone = far.getLocalAddress();
        near.connect(gone);
        far.close();
        SelectionKey key = near.register(selector, OP_READ);
        assertEquals(1, near.write(ByteBuffer.allocate(1)));
        assertReports(key, OP_READ);
        assertThrows(PortUnreachableException.class, () -> near.read(ByteBuffer.allocate(1)));
        assertReportsNothing();
    }

    @Test
    void disconnectedAndReconnectedChannelIsReported() throws IOException {
        SelectionKey key = near.register(selector, OP_READ);
        near.connect(far.getLocalAddress());
        near.disconnect();
        near.connect(far.getLocalAddress());
        selector.selectNow();
        send(1);
        assertReports(key, OP_READ);
    }
}
