// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.fail;

/**
 * A thread with a selector of its own that accepts from a listener shared with others. It counts how often it is woken, and accepts only when it is let: so
 * a connection stays for all to see until everybody who will be woken has been.
 */
final class Acceptor {

    private static final int EVER = 1 << 30;

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final SelectionKey key;
    private final int interest;
    private final Semaphore leave = new Semaphore(0);
    private BackgroundTask<Void> task;
    private volatile int wakeUps;
    private volatile int accepted;
    private volatile boolean held;
    private volatile boolean done;

    Acceptor(ServerSocketChannel listener, int options) throws IOException {
        this.listener = listener;
        this.selector = Selector.open();
        this.interest = SelectionKey.OP_ACCEPT | options;
        this.key = KeventOps.register(listener, selector, interest);
    }

    void start() {
        task = BackgroundTask.start(this::run);
    }

    int wakeUps() {
        return wakeUps;
    }

    static int wakeUps(List<Acceptor> acceptors) {
        return acceptors.stream().mapToInt(Acceptor::wakeUps).sum();
    }

    static int accepted(List<Acceptor> acceptors) {
        return acceptors.stream().mapToInt(acceptor -> acceptor.accepted).sum();
    }

    /** Waits until each is blocked, in its select or because it is held. */
    static void untilSettled(List<Acceptor> acceptors) throws Exception {
        for (Acceptor acceptor : acceptors) {
            Waiting.untilBlocked(acceptor.task.thread());
        }
    }

    /** Lets each that was woken accept what is there and go on to its next select. */
    static void letAcceptOnce(List<Acceptor> acceptors) {
        for (Acceptor acceptor : acceptors) {
            if (acceptor.held) {
                acceptor.leave.release();
            }
        }
    }

    /** Lets each accept from now on. */
    static void letAccept(List<Acceptor> acceptors) {
        for (Acceptor acceptor : acceptors) {
            acceptor.leave.release(EVER);
        }
    }

    private Void run() throws Exception {
        while (!done) {
            if (selector.select() > 0) {
                selector.selectedKeys().clear();
                acceptWhenLet();
            }
        }
        return null;
    }

    private void acceptWhenLet() throws IOException, InterruptedException {
        held = true;
        wakeUps++;
        if (!leave.tryAcquire(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            fail("nobody lets the acceptor accept");
        }
        held = false;
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.close();
            accepted++;
        }
        // arms anew what one-shot has emptied, enables what dispatch has disabled, and is no change otherwise
        key.interestOps(interest);
    }

    void stop() throws Exception {
        done = true;
        leave.release(EVER / 2);
        selector.wakeup();
        try (selector) {
            if (task != null) {
                task.result();
            }
        }
    }
}
