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
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** OP_EDGE with reading: once per change. */
@Tag("kevent")
@ParameterizedClass
@EnumSource(Setting.class)
class EdgeTest {

    private final Setting setting;
    private Stage stage;

    EdgeTest(Setting setting) {
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
    void nothingThereReportsNothing() throws IOException {
        stage.reader(OP_EDGE);
        stage.assertSilent();
    }

    @Test
    void bytesAreReportedOnce() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        stage.assertSilent();
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void moreBytesAreReportedAgain() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        for (int i = 0; i < 5; i++) {
            stage.link.send(10);
            assertEquals(OP_READ, stage.report(key));
            stage.assertSilent();
        }
    }

    @Test
    void severalArrivalsBeforeASelectAreOneReport() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        stage.link.send(1);
        stage.link.send(2);
        stage.link.send(3);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void partialReadReportsNothingUntilMoreArrives() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        stage.link.send(10);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        assertEquals(10, stage.link.read(10));
        stage.assertSilent();
        stage.link.send(1);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void bytesAfterEverythingWasReadAreReported() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        for (int i = 0; i < 5; i++) {
            stage.link.send(10);
            assertEquals(OP_READ, stage.report(key));
            assertEquals(10, stage.link.read(10));
            assertEquals(0, stage.link.read(10));
            stage.assertSilent();
        }
    }

    @Test
    void registeringWhileReadyReportsOnce() throws IOException {
        stage.link.send(10);
        SelectionKey key = stage.reader(OP_EDGE);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void turningTheOptionOnWhileReadyReportsOnce() throws IOException {
        SelectionKey key = stage.reader(0);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        assertEquals(OP_READ, stage.report(key));
        key.interestOps(stage.reading(OP_EDGE));
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void turningTheOptionOffReportsAsLongAsReady() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
        key.interestOps(stage.reading(0));
        assertEquals(OP_READ, stage.report(key));
        assertEquals(OP_READ, stage.report(key));
        assertEquals(10, stage.link.read(10));
        stage.assertSilent();
    }

    @Test
    void turningTheOperationOnWhileReadyReportsOnce() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        key.interestOpsAnd(~OP_READ);
        stage.assertSilent();
        key.interestOpsOr(OP_READ);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void turningTheOperationOffAndOnBetweenTwoSelectsReportsOnce() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        key.interestOpsAnd(~OP_READ);
        key.interestOpsOr(OP_READ);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void settingTheSameInterestAgainIsNoChange() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        key.interestOps(key.interestOps());
        stage.assertSilent();
    }

    @Test
    void arrivalWhileTheOperationIsOffIsReportedWhenItIsBack() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        stage.assertSilent();
        key.interestOpsAnd(~OP_READ);
        stage.assertSilent();
        stage.link.send(10);
        stage.assertSilent();
        key.interestOpsOr(OP_READ);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void arrivalBetweenOffAndOnIsReported() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        stage.assertSilent();
        key.interestOpsAnd(~OP_READ);
        stage.link.send(10);
        key.interestOpsOr(OP_READ);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void arrivalThatWasReadWhileTheOperationWasOffIsNotReported() throws IOException {
        SelectionKey key = stage.reader(OP_EDGE);
        stage.assertSilent();
        key.interestOpsAnd(~OP_READ);
        stage.link.send(10);
        stage.assertSilent();
        assertEquals(10, stage.link.read(10));
        key.interestOpsOr(OP_READ);
        stage.assertSilent();
        stage.link.send(1);
        assertEquals(OP_READ, stage.report(key));
    }

    @Test
    void arrivalThatWasReadBeforeTheSelectIsNotReported() throws IOException {
        stage.reader(OP_EDGE);
        stage.assertSilent();
        stage.link.send(10);
        assertEquals(10, stage.link.read(10));
        stage.assertSilent();
    }
}
