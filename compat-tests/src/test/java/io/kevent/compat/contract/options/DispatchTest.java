// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** OP_DISPATCH: the first report disables the key until its owner enables it. */
@Tag("kevent")
@ParameterizedClass
@EnumSource(Setting.class)
class DispatchTest {

    private final Setting setting;
    private Stage stage;

    DispatchTest(Setting setting) {
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
    void firstReportDisablesAndKeepsTheInterest() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        assertEquals(stage.reading(OP_DISPATCH), key.interestOps());
        assertEquals(OP_READ, key.readyOps());
        assertTrue(key.isValid());
        stage.assertSilent();
    }

    @Test
    void nothingMoreIsReportedWhileDisabled() throws IOException {
        reported(OP_DISPATCH);
        stage.link.send(10);
        stage.assertSilent();
        assertEquals(10, stage.link.read(10));
        stage.link.send(10);
        stage.assertSilent();
    }

    @Test
    void askingForTheInterestDoesNotEnable() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        assertEquals(stage.reading(OP_DISPATCH), key.interestOps());
        stage.assertSilent();
    }

    @Test
    void settingTheSameInterestEnables() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        for (int i = 0; i < 3; i++) {
            stage.assertSilent();
            assertSame(key, key.interestOps(stage.reading(OP_DISPATCH)));
            assertEquals(OP_READ, stage.report(key));
        }
    }

    @Test
    void addingNothingEnables() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        assertEquals(stage.reading(OP_DISPATCH), key.interestOpsOr(0));
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void removingNothingEnables() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        assertEquals(stage.reading(OP_DISPATCH), key.interestOpsAnd(-1));
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void registeringAgainEnables() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        stage.assertSilent();
        assertSame(key, stage.reader(OP_DISPATCH));
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void plainRegisteringAgainEnablesAndDropsTheOption() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        stage.assertSilent();
        assertSame(key, stage.link.source().register(stage.selector, OP_READ));
        assertEquals(OP_READ, key.interestOps());
        assertEquals(OP_READ, stage.report(key));
        assertEquals(OP_READ, stage.report(key));
    }

    @Test
    void enabledWithNothingLeftIsReportedWhenMoreArrives() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        for (int i = 0; i < 3; i++) {
            assertEquals(10, stage.link.read(10));
            key.interestOpsOr(0);
            stage.assertSilent();
            stage.link.send(10);
            assertEquals(OP_READ, stage.report(key));
            stage.assertSilent();
        }
    }

    @Test
    void bytesThatCameWhileDisabledAreReportedWhenEnabled() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        assertEquals(10, stage.link.read(10));
        stage.assertSilent();
        stage.link.send(10);
        stage.assertSilent();
        key.interestOpsOr(0);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void enabledTwiceIsReportedOnce() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        key.interestOpsOr(0);
        key.interestOpsOr(0);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void droppingTheOptionEnables() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        key.interestOpsAnd(~OP_DISPATCH);
        assertEquals(OP_READ, stage.report(key));
        assertEquals(OP_READ, stage.report(key));
    }

    @Test
    void droppingTheOperationReportsNothingUntilItIsBack() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        key.interestOpsAnd(~OP_READ);
        stage.assertSilent();
        key.interestOpsOr(OP_READ);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void optionTurnedOnWhileReadyReportsOnceMore() throws IOException {
        SelectionKey key = stage.reader(0);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        key.interestOps(stage.reading(OP_DISPATCH));
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void writerIsDisabledToo() throws IOException {
        SelectionKey key = stage.writer(OP_DISPATCH);
        assertEquals(OP_WRITE, stage.report(key));
        stage.assertSilent();
        assertEquals(stage.writing(OP_DISPATCH), key.interestOps());
        key.interestOpsOr(0);
        assertEquals(OP_WRITE, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void edgeIsReportedAtOnceWhenEnabledWithUnreadBytes() throws IOException {
        SelectionKey key = reported(OP_DISPATCH | OP_EDGE);
        stage.assertSilent();
        stage.link.send(10);
        stage.assertSilent();
        key.interestOpsOr(0);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
        key.interestOpsOr(0);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void edgeEnabledWithNothingLeftIsReportedWhenMoreArrives() throws IOException {
        SelectionKey key = reported(OP_DISPATCH | OP_EDGE);
        assertEquals(10, stage.link.read(10));
        key.interestOpsOr(0);
        stage.assertSilent();
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void cancelledWhileDisabledLeaves() throws IOException {
        SelectionKey key = reported(OP_DISPATCH);
        key.cancel();
        stage.assertSilent();
        assertTrue(stage.selector.keys().isEmpty());
        SelectionKey again = KeventOps.register(stage.link.source(), stage.selector, stage.reading(OP_DISPATCH));
        assertEquals(OP_READ, stage.report(again));
    }

    private SelectionKey reported(int options) throws IOException {
        SelectionKey key = stage.reader(options);
        stage.link.send(10);
        assertEquals(OP_READ, stage.report(key));
        return key;
    }
}
