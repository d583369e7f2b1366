// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** OP_ONESHOT: the first report empties the interest set. */
@Tag("kevent")
@ParameterizedClass
@EnumSource(Setting.class)
class OneshotTest {

    private final Setting setting;
    private Stage stage;

    OneshotTest(Setting setting) {
        this.setting = setting;
    }

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(setting);
    }

    @AfterEach
    void close() throws IOException {
        stage.close();
    }

    @Test
    void interestStaysUntilTheFirstReport() throws IOException {
        SelectionKey key = stage.reader(OP_ONESHOT);
        stage.assertSilent();
        assertEquals(stage.reading(OP_ONESHOT), key.interestOps());
    }

    @Test
    void firstReportEmptiesTheInterest() throws IOException {
        SelectionKey key = stage.reader(OP_ONESHOT);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        assertEquals(0, key.interestOps());
        assertEquals(OP_READ, key.readyOps());
        assertTrue(key.isValid());
    }

    @Test
    void nothingMoreIsReported() throws IOException {
        SelectionKey key = stage.reader(OP_ONESHOT);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
        stage.link.send(10);
        stage.assertSilent();
        assertEquals(10, stage.link.read(10));
        stage.link.send(10);
        stage.assertSilent();
        assertTrue(key.isValid());
    }

    @Test
    void armedAgainWithUnreadBytesIsReportedAtOnce() throws IOException {
        SelectionKey key = stage.reader(OP_ONESHOT);
        stage.link.send(10);
        for (int i = 0; i < 3; i++) {
            assertEquals(OP_READ, stage.report(key));
            stage.assertSilent();
            key.interestOps(stage.reading(OP_ONESHOT));
        }
        assertEquals(OP_READ, stage.report(key));
    }

    @Test
    void armedAgainAfterAllWasReadIsReportedWhenMoreArrives() throws IOException {
        SelectionKey key = stage.reader(OP_ONESHOT);
        for (int i = 0; i < 3; i++) {
            stage.link.send(10);
            assertEquals(OP_READ, stage.report(key));
            assertEquals(10, stage.link.read(10));
            key.interestOps(stage.reading(OP_ONESHOT));
            stage.assertSilent();
        }
    }

    @Test
    void bytesThatCameMeanwhileAreReportedWhenArmedAgain() throws IOException {
        SelectionKey key = stage.reader(OP_ONESHOT);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        assertEquals(10, stage.link.read(10));
        stage.link.send(10);
        stage.assertSilent();
        key.interestOps(stage.reading(OP_ONESHOT));
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void armedAgainBeforeTheNextSelectIsReported() throws IOException {
        SelectionKey key = stage.reader(OP_ONESHOT);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        key.interestOpsOr(stage.reading(OP_ONESHOT));
        assertEquals(OP_READ, stage.report(key));
        assertEquals(0, key.interestOps());
    }

    @Test
    void armedAgainWithoutTheOptionIsReportedAsLongAsReady() throws IOException {
        SelectionKey key = stage.reader(OP_ONESHOT);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        key.interestOps(stage.reading(0));
        assertEquals(OP_READ, stage.report(key));
        assertEquals(OP_READ, stage.report(key));
        assertEquals(stage.reading(0), key.interestOps());
    }

    @Test
    void optionTurnedOnWhileReadyReportsOnceMore() throws IOException {
        SelectionKey key = stage.reader(0);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        key.interestOps(stage.reading(OP_ONESHOT));
        assertEquals(OP_READ, stage.report(key));
        assertEquals(0, key.interestOps());
        stage.assertSilent();
    }

    @Test
    void optionTakenBackBeforeTheReportLeavesThePlainInterest() throws IOException {
        SelectionKey key = stage.reader(OP_ONESHOT);
        stage.assertSilent();
        key.interestOpsAnd(~OP_ONESHOT);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        assertEquals(OP_READ, stage.report(key));
        assertEquals(stage.reading(0), key.interestOps());
    }

    @Test
    void writerIsReportedOnce() throws IOException {
        SelectionKey key = stage.writer(OP_ONESHOT);
        assertEquals(OP_WRITE, stage.report(key));
        assertEquals(0, key.interestOps());
        stage.assertSilent();
        key.interestOps(stage.writing(OP_ONESHOT));
        assertEquals(OP_WRITE, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void edgeEndsWithTheFirstReportToo() throws IOException {
        SelectionKey key = stage.reader(OP_ONESHOT | OP_EDGE);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        assertEquals(0, key.interestOps());
        stage.link.send(10);
        stage.assertSilent();
        key.interestOps(stage.reading(OP_ONESHOT | OP_EDGE));
        assertEquals(OP_READ, stage.report(key));
        assertEquals(0, key.interestOps());
        stage.assertSilent();
    }

    @Test
    void endOfInputIsReportedOnce() throws IOException {
        SelectionKey key = stage.reader(OP_ONESHOT);
        stage.assertSilent();
        stage.link.send(1);
        assertEquals(OP_READ, stage.report(key));
        stage.link.sink().close();
        stage.assertSilent();
        key.interestOps(stage.reading(OP_ONESHOT));
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }
}
