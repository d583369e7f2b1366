// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a selector has let go of can be collected by the garbage collector. */
class ReachabilityTest extends SelectorContract {

    /** The key's channels are closed, by one way or another, when this returns. */
    private WeakReference<SelectionKey> used(Work afterwards) throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        SelectionKey key = pipe.source().register(selector, OP_READ, new byte[1 << 16]);
        write(pipe, 1);
        for (int i = 0; i < 5; i++) {
            assertReports(key, OP_READ);
            key.interestOps(0);
            selector.selectedKeys().clear();
            selector.selectNow();
            key.interestOps(OP_READ);
        }
        assertReports(key, OP_READ);
        pipe.source().close();
        pipe.sink().close();
        afterwards.run();
        return new WeakReference<>(key);
    }

    private static void untilCollected(WeakReference<?> reference) throws Exception {
        Waiting.until("the key is collected", () -> {
            System.gc();
            return reference.get() == null;
        });
    }

    @Test
    void keyOfAClosedChannelIsLetGo() throws Exception {
        WeakReference<SelectionKey> key = used(() -> {
            assertEquals(0, selector.selectNow());
            assertEquals(0, selector.selectNow());
        });
        untilCollected(key);
    }

    @Test
    void keyThatWasCancelledByAnActionIsLetGo() throws Exception {
        WeakReference<SelectionKey> key = cancelledByAnAction();
        assertEquals(0, selector.selectNow());
        assertEquals(0, selector.selectNow());
        untilCollected(key);
    }

    private WeakReference<SelectionKey> cancelledByAnAction() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        SelectionKey key = pipe.source().register(selector, OP_READ);
        write(pipe, 1);
        assertEquals(1, selector.select(SelectionKey::cancel));
        pipe.source().close();
        pipe.sink().close();
        return new WeakReference<>(key);
    }

    @Test
    void closedSelectorIsLetGoWhileItsChannelLives() throws Exception {
        Pipe pipe = pipe();
        untilCollected(closedSelectorOf(pipe));
        assertEquals(1, pipe.sink().write(ByteBuffer.allocate(1)));
    }

    private static WeakReference<Selector> closedSelectorOf(Pipe pipe) throws IOException {
        Selector closing = Selector.open();
        pipe.source().register(closing, OP_READ);
        closing.selectNow();
        closing.close();
        return new WeakReference<>(closing);
    }
}
