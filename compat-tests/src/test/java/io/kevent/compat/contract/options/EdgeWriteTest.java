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
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** OP_EDGE with writing: once, and once more each time that a full buffer has been drained. */
@Tag("kevent")
@ParameterizedClass
@EnumSource(value = Setting.class, mode = EnumSource.Mode.MATCH_NONE, names = "UDP.*")
class EdgeWriteTest {

    private final Setting setting;
    private Stage stage;

    EdgeWriteTest(Setting setting) {
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
    void roomIsReportedOnce() throws IOException {
        SelectionKey key = stage.writer(OP_EDGE);
        assertEquals(OP_WRITE, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void writingWhatFitsReportsNothing() throws IOException {
        SelectionKey key = stage.writer(OP_EDGE);
        assertEquals(OP_WRITE, stage.report(key));
        stage.link.send(10);
        stage.assertSilent();
    }

    @Test
    void fullBufferReportsNothing() throws IOException {
        stage.link.fill();
        stage.writer(OP_EDGE);
        stage.assertSilent();
    }

    @Test
    void drainedBufferIsReportedOnce() throws Exception {
        SelectionKey key = stage.writer(OP_EDGE);
        assertEquals(OP_WRITE, stage.report(key));
        for (int i = 0; i < 3; i++) {
            long filled = stage.link.fill();
            stage.assertSilent();
            stage.link.drain(filled);
            assertEquals(OP_WRITE, stage.report(key));
            stage.assertSilent();
        }
    }

    @Test
    void drainedBufferOfAKeyRegisteredFullIsReported() throws Exception {
        long filled = stage.link.fill();
        SelectionKey key = stage.writer(OP_EDGE);
        stage.assertSilent();
        stage.link.drain(filled);
        assertEquals(OP_WRITE, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void roomMadeWhileTheOperationIsOffIsReportedWhenItIsBack() throws Exception {
        SelectionKey key = stage.writer(OP_EDGE);
        assertEquals(OP_WRITE, stage.report(key));
        long filled = stage.link.fill();
        key.interestOpsAnd(~OP_WRITE);
        stage.assertSilent();
        stage.link.drain(filled);
        stage.assertSilent();
        key.interestOpsOr(OP_WRITE);
        assertEquals(OP_WRITE, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void turningTheOptionOnWhileThereIsRoomReportsOnce() throws IOException {
        SelectionKey key = stage.writer(0);
        assertEquals(OP_WRITE, stage.report(key));
        assertEquals(OP_WRITE, stage.report(key));
        key.interestOps(stage.writing(OP_EDGE));
        assertEquals(OP_WRITE, stage.report(key));
        stage.assertSilent();
    }
}
