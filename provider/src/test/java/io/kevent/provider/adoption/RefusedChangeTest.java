// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.kernel.Watched;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** The kernel refuses to watch a channel of a selector that was taken over, whose program does not know that a select may fail for that. */
class RefusedChangeTest extends AdoptionTestBase {
    private final HeardLog log = new HeardLog();
    private Pipe pipe;
    private SelectionKey key;

    @BeforeEach
    void refuse() throws IOException {
        adopt();
        pipe = pipe();
        key = register(pipe, OP_READ);
        Watched.addUnseen(key);
    }

    @AfterEach
    void restoreLog() {
        log.close();
    }

    @Test
    void othersAreSelected() throws Exception {
        Pipe another = pipe();
        SelectionKey other = register(another, OP_READ);
        write(another);
        assertEquals(1, selector.select(-1));
        assertEquals(Set.of(other), selector.jdk().selectedKeys());
    }

    @Test
    void isLoggedOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertEquals(0, selectNow());
        }
        log.assertOne(Level.WARNING, key.channel().toString(), selector.jdk().toString(), "epoll_ctl ADD", "raise fs.epoll.max_user_watches");
    }

    @Test
    void isTriedAgainInEachSelect() throws Exception {
        assertEquals(0, selectNow());
        assertEquals(0, selectNow());
        Watched.removeUnseen(key);
        write(pipe);
        assertEquals(1, selector.select(-1));
        assertEquals("IN", Watched.channel(key));
    }

    @Test
    void selectDoesNotFailForALoggerThatDoesNotWork() throws Exception {
        log.failWith(new IllegalStateException("thrown by the test"));
        assertEquals(0, selectNow());
    }
}
