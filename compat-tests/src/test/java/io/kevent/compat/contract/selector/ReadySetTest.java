// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The ready set of a key: added to while the key is selected, set anew when it is not. */
class ReadySetTest extends SelectorContract {

    @Test
    void readySetIsEmptyBeforeTheFirstSelect() throws IOException {
        SelectionKey key = readableKey();
        assertEquals(0, key.readyOps());
        assertFalse(key.isReadable());
    }

    @Test
    void readySetHoldsOnlyWhatIsOfInterest() throws Exception {
        LoopbackPair pair = pair();
        pair.send(1);
        SelectionKey key = pair.near().register(selector, OP_READ);
        assertReports(key, OP_READ);
        assertTrue(key.isReadable());
        assertFalse(key.isWritable());
        assertFalse(key.isConnectable());
        assertFalse(key.isAcceptable());
    }

    @Test
    void readIsAddedToWriteWhileTheKeyIsSelected() throws Exception {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        assertReports(key, OP_WRITE);
        pair.send(1);
        key.interestOps(OP_READ);
        assertEquals(1, selector.select(LONG_MILLIS));
        assertEquals(OP_READ | OP_WRITE, key.readyOps());
        assertEquals(0, selector.select(), "nothing new the second time");
        assertEquals(OP_READ | OP_WRITE, key.readyOps());
    }

    @Test
    void writeIsAddedToReadWhileTheKeyIsSelected() throws Exception {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.send(1);
        assertReports(key, OP_READ);
        key.interestOps(OP_WRITE);
        assertEquals(1, selector.select(LONG_MILLIS));
        assertEquals(OP_READ | OP_WRITE, key.readyOps());
        assertEquals(0, selector.select(), "nothing new the second time");
    }

    @Test
    void secondOperationOfTheInterestIsAddedWhenItBecomesReady() throws Exception {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_READ | OP_WRITE);
        assertReports(key, OP_WRITE);
        pair.send(1);
        int updated = 0;
        while (updated == 0) {
            updated = selector.select(LONG_MILLIS);
        }
        assertEquals(1, updated);
        assertEquals(OP_READ | OP_WRITE, key.readyOps());
        assertEquals(1, selector.selectedKeys().size());
    }

    @Test
    void readinessStaysRecordedWhileTheKeyIsSelected() throws IOException {
        SelectionKey key = readableKey();
        assertReports(key, OP_READ);
        drain(key.channel());
        assertEquals(0, selector.selectNow());
        assertTrue(key.isReadable(), "a select only adds to the ready set of a selected key");
    }

    @Test
    void readySetIsSetAnewWhenTheKeyWasNotSelected() throws Exception {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        assertReports(key, OP_WRITE);
        pair.send(1);
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void readySetIsSetAnewAfterEachRemoval() throws Exception {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_READ | OP_WRITE);
        pair.send(1);
        while (key.readyOps() != (OP_READ | OP_WRITE)) {
            selector.select(LONG_MILLIS);
        }
        drain(pair.near());
        assertReports(key, OP_WRITE);
        assertFalse(key.isReadable());
    }

    @Test
    void readySetOfAKeyThatIsNoLongerReadyKeepsItsLastValue() throws IOException {
        SelectionKey key = readableKey();
        assertReports(key, OP_READ);
        drain(key.channel());
        assertReportsNothing();
        assertEquals(OP_READ, key.readyOps());
    }

    @Test
    void turningTheInterestOffDoesNotTouchTheReadySet() throws IOException {
        SelectionKey key = readableKey();
        assertReports(key, OP_READ);
        key.interestOps(0);
        assertEquals(OP_READ, key.readyOps());
        assertBlocks();
        assertEquals(OP_READ, key.readyOps());
        assertTrue(selector.selectedKeys().contains(key));
    }

    @Test
    void selectedKeyWhoseInterestIsTurnedOffDoesNotEndASelect() throws IOException {
        SelectionKey key = readableKey();
        assertReports(key, OP_READ);
        assertEquals(0, selector.select(), "while the interest is on");
        key.interestOps(0);
        assertBlocks();
        key.interestOps(OP_READ);
        assertEquals(0, selector.select(), "on again: nothing new, and no wait either");
    }

    @Test
    void resultCountsAKeyOnceWhenBothOperationsAreNew() throws Exception {
        LoopbackPair pair = pair();
        pair.send(1);
        SelectionKey key = pair.near().register(selector, OP_READ);
        assertReports(key, OP_READ);
        key.interestOps(OP_READ | OP_WRITE);
        assertReports(key, OP_READ | OP_WRITE);
    }

    @Test
    void keysOfTwoSelectorsHaveReadySetsOfTheirOwn() throws Exception {
        LoopbackPair pair = pair();
        pair.send(1);
        Selector other = closeLater(Selector.open());
        SelectionKey reads = pair.near().register(selector, OP_READ);
        SelectionKey writes = pair.near().register(other, OP_WRITE);
        assertReports(reads, OP_READ);
        assertEquals(1, other.select());
        assertEquals(OP_WRITE, writes.readyOps());
        assertEquals(OP_READ, reads.readyOps());
    }
}
