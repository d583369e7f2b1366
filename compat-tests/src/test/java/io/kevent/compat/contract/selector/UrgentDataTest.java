// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;

/** A byte of urgent data, which TCP sends out of band: no operation of a key is made ready by it, unless the socket takes it in line. */
class UrgentDataTest extends SelectorContract {
    private static final int TIMES = 20;

    private LoopbackPair pair;
    private SelectionKey key;

    @BeforeEach
    void connect() throws IOException {
        pair = LoopbackPair.open();
        key = pair.near().register(selector, OP_READ);
    }

    @AfterEach
    void disconnect() throws IOException {
        pair.close();
    }

    @Test
    void urgentByteIsNotReported() throws IOException {
        assertReportsNothing();
        pair.far().socket().sendUrgentData(1);
        assertReportsNothing();
        pair.send(1);
        assertReports(key, OP_READ);
    }

    @Test
    void urgentByteIsNotReportedHoweverOftenTheInterestWentOffAndOn() throws IOException {
        for (int i = 0; i < TIMES; i++) {
            pair.send(1);
            assertReports(key, OP_READ);
            key.interestOps(0);
            drain(key.channel());
            key.interestOps(OP_READ);
            assertReportsNothing();
            pair.far().socket().sendUrgentData(1);
            assertReportsNothing();
            key.interestOps(0);
            assertReportsNothing();
            key.interestOps(OP_READ);
            assertReportsNothing();
        }
    }

    @Test
    void urgentByteInLineIsReported() throws IOException {
        pair.near().socket().setOOBInline(true);
        assertReportsNothing();
        pair.far().socket().sendUrgentData(1);
        assertReports(key, OP_READ);
    }
}
