// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** OP_EDGE with reading and writing on one key whose buffer fills and is drained meanwhile. */
@Tag("kevent")
@ParameterizedClass
@EnumSource(value = Setting.class, mode = EnumSource.Mode.MATCH_ANY, names = {"TCP.*", "UNIX.*"})
class EdgeFullBufferTest {

    private final Setting setting;
    private Stage stage;
    /** The sink's: what the source writes, it reads. */
    private SelectionKey key;

    EdgeFullBufferTest(Setting setting) {
        this.setting = setting;
    }

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(setting);
        key = KeventOps.register(stage.link.sink(), stage.selector, stage.with(OP_READ | OP_WRITE | OP_EDGE));
    }

    @AfterEach
    void close() throws IOException {
        stage.close();
    }

    @Test
    void drainedBufferReportsWriteAlone() throws Exception {
        answer(10);
        assertEquals(OP_READ | OP_WRITE, stage.report(key));
        for (int i = 0; i < 3; i++) {
            long filled = stage.link.fill();
            stage.assertSilent();
            stage.link.drain(filled);
            assertEquals(OP_WRITE, stage.report(key));
            stage.assertSilent();
        }
    }

    @Test
    void bytesWhileTheBufferIsFullReportReadAlone() throws Exception {
        assertEquals(OP_WRITE, stage.report(key));
        long filled = stage.link.fill();
        answer(1);
        assertEquals(OP_READ, stage.report(key));
        stage.assertSilent();
        stage.link.drain(filled);
        assertEquals(OP_WRITE, stage.report(key));
        stage.assertSilent();
    }

    @Test
    void bothEdgesBeforeASelectAreReportedTogether() throws Exception {
        assertEquals(OP_WRITE, stage.report(key));
        long filled = stage.link.fill();
        stage.assertSilent();
        stage.link.drain(filled);
        answer(1);
        assertEquals(OP_READ | OP_WRITE, stage.report(key));
        stage.assertSilent();
    }

    private void answer(int count) throws IOException {
        assertEquals(count, ((ByteChannel) stage.link.source()).write(ByteBuffer.allocate(count)));
    }
}
