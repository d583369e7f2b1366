// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.soak;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Changes registrations that a thread is selecting on: so often, and then it leaves. */
final class Stirrer implements Runnable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final List<Connection> connections;
    private final List<Selector> selectors;
    private final int operations;
    private final SplittableRandom random;

    Stirrer(List<Connection> connections, List<Selector> selectors, int operations, long seed) {
        this.connections = connections;
        this.selectors = selectors;
        this.operations = operations;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        for (int i = 0; i < operations; i++) {
            Connection connection = connections.get(random.nextInt(connections.size()));
            Selector selector = selectors.get(random.nextInt(selectors.size()));
            try {
                stir(connection, selector);
            } catch (CancelledKeyException e) {
                // another stirrer was faster, or the connection has ended: nothing to stir
                continue;
            }
        }
    }

    private void stir(Connection connection, Selector selector) {
        SelectionKey key = connection.source().keyFor(selector);
        int choice = random.nextInt(10);
        if (key == null || choice == 0) {
            watch(connection, selector);
        } else if (choice == 1) {
            key.cancel();
        } else if (choice == 2) {
            selector.wakeup();
        } else if (choice < 5) {
            key.interestOps(0);
        } else if (choice < 7) {
            key.interestOps(SelectionKey.OP_READ);
        } else if (choice == 7) {
            int before = key.interestOps();
            key.interestOps(0);
            key.interestOps(before);
        } else if (choice == 8) {
            key.interestOpsOr(connection.source().validOps() & (SelectionKey.OP_READ | SelectionKey.OP_WRITE));
        } else {
            key.interestOpsAnd(SelectionKey.OP_READ);
        }
    }

    /**
     * Has a selector watch a connection for reading, whatever the state of its key is, unless the connection has ended. The select that is under way
     * need not take note of it, so the selector is woken.
     */
    static void watch(Connection connection, Selector selector) {
        long end = System.nanoTime() + PATIENCE;
        while (true) {
            try {
                connection.source().register(selector, SelectionKey.OP_READ, connection);
                selector.wakeup();
                return;
            } catch (ClosedChannelException e) {
                return;
            } catch (CancelledKeyException e) {
                // until the next select has removed it
                selector.wakeup();
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError("a cancelled key does not go: " + connection, e);
                }
                Thread.onSpinWait();
            }
        }
    }
}
