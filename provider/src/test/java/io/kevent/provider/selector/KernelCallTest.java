// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.CountingKernel;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The calls that a selector makes on the real kernel. */
class KernelCallTest {
    private static final int ROUNDS = 1000;

    /** More than a select takes that lets others run first: what it waits is the rest. */
    private static final long LONG_MILLIS = 60_000;

    private final CountingKernel calls = new CountingKernel(JdkKernel.INSTANCE);
    private final List<SelectionKey> reported = new ArrayList<>();
    private KeventSelector selector;
    private Pipe pipe;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        selector = new KeventSelector(SelectorProvider.provider(), calls);
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        key = pipe.source().register(selector, OP_READ);
        selector.selectNow();
        calls.reset();
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        pipe.sink().close();
        pipe.source().close();
    }

    private void write() throws IOException {
        assertEquals(1, pipe.sink().write(ByteBuffer.allocate(1)));
    }

    private void read() throws IOException {
        assertEquals(1, pipe.source().read(ByteBuffer.allocate(1)));
    }

    private List<SelectionKey> select() throws IOException {
        reported.clear();
        selector.select(reported::add, LONG_MILLIS);
        return reported;
    }

    private void request() throws IOException {
        write();
        assertEquals(List.of(key), select());
        key.interestOps(0);
        reported.clear();
        selector.selectNow(reported::add);
        assertEquals(List.of(), reported);
        read();
        key.interestOps(OP_READ);
        selector.selectNow(reported::add);
        assertEquals(List.of(), reported);
    }

    @Test
    void ofAKeyThatStaysOnAreOneWaitASelect() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            write();
            assertEquals(List.of(key), select());
            read();
        }
        assertEquals("{WAIT=" + ROUNDS + "}", calls.calls());
    }

    @Test
    void ofAKeyThatGoesOffAndOnChangeNoRegistration() throws IOException {
        request();
        calls.reset();
        for (int i = 0; i < ROUNDS; i++) {
            request();
        }
        assertEquals(0, calls.registrationCalls(), calls::calls);
        assertTrue(calls.count(Call.PROBE) <= calls.count(Call.COLLECT) + calls.count(Call.WAIT), calls::calls);
    }

    @Test
    void ofAKeyThatGoesOffAndOnBetweenTwoSelectsAreNone() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            key.interestOps(0);
            key.interestOps(OP_READ);
            selector.selectNow();
        }
        assertEquals("{COLLECT=" + ROUNDS + "}", calls.calls());
    }

    @Test
    void wakeupBetweenTwoSelectsRingsNoBell() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            selector.wakeup();
            assertEquals(0, selector.select());
        }
        assertEquals("{COLLECT=" + ROUNDS + "}", calls.calls());
    }

    @Test
    void peerThatStreamsWhileInterestIsOffCostsAFewWakeUps() throws IOException {
        key.interestOps(0);
        for (int i = 0; i < ROUNDS; i++) {
            write();
            selector.selectNow();
        }
        assertTrue(calls.told() <= 6, () -> calls.told() + " events told in vain");
    }
}
