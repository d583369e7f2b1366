// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.SplittableRandom;

/** Selects in all the ways there are and reads from what is readable; the attachment of a key is its {@link Connection}. */
final class SelectingThread implements Runnable {

    private static final long BRIEFLY = 20;

    private final Selector selector;
    private final SplittableRandom random;
    /** How much is read at once, at most. */
    private final int most;
    private volatile boolean stopped;

    SelectingThread(Selector selector, long seed) {
        this.selector = selector;
        this.random = new SplittableRandom(seed);
        this.most = 32 << random.nextInt(7);
    }

    /** Ends the loop: it is left when the next select returns. */
    void stop() {
        stopped = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                turn();
            }
            // lets go of what was closed last
            selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn() throws IOException {
        switch (random.nextInt(8)) {
            case 0:
                selector.select(this::serve);
                return;
            case 1:
                selector.selectNow(this::serve);
                return;
            case 2:
                selector.selectNow();
                break;
            case 3:
                selector.select(BRIEFLY);
                break;
            default:
                selector.select();
        }
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
            serve(keys.next());
            keys.remove();
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isReadable()) {
                ((Connection) key.attachment()).readSome(1 + random.nextInt(most));
            }
            if ((key.interestOps() & SelectionKey.OP_WRITE) != 0) {
                key.interestOpsAnd(~SelectionKey.OP_WRITE);
            }
        } catch (CancelledKeyException e) {
            // another thread has cancelled it since it was selected
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
