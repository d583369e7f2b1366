// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.provider.kernel.Fifo;
import io.kevent.provider.kernel.JdkProvider;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Waits, in a thread of its own, until somebody has opened the other end of a named pipe, and opens this one. */
final class FifoOpening extends Thread {
    private final String path;
    private final boolean reads;
    private final Consumer<SelectableChannel> onOpened;
    private final Consumer<IOException> onFailed;

    // ---- guarded by this

    private boolean calledBack;
    /** Whether the thread is in the call, or about to be: it has not ended then. */
    private boolean inCall;
    private long number;

    FifoOpening(Path path, boolean reads, Consumer<SelectableChannel> onOpened, Consumer<IOException> onFailed) {
        super("kevent-fifo " + path);
        this.path = path.toString();
        this.reads = reads;
        this.onOpened = onOpened;
        this.onFailed = onFailed;
        setDaemon(true);
    }

    @Override
    public void run() {
        if (!enterCall()) {
            return;
        }
        SelectableChannel channel = null;
        IOException failure = null;
        try {
            channel = reads ? Fifo.openSource(path, JdkProvider.get()) : Fifo.openSink(path, JdkProvider.get());
        } catch (IOException e) {
            failure = e;
        } finally {
            leaveCall();
        }
        if (channel != null) {
            onOpened.accept(channel);
        } else {
            onFailed.accept(failure);
        }
    }

    private synchronized boolean enterCall() {
        inCall = !calledBack;
        number = Fifo.currentThread();
        return inCall;
    }

    private synchronized void leaveCall() {
        inCall = false;
        notifyAll();
    }

    /** Ends it, and returns when it does not wait any more. Any thread. */
    synchronized void callBack() {
        calledBack = true;
        boolean interrupted = false;
        while (inCall) {
            Fifo.callBack(number);
            try {
                // it may not have been inside yet
                wait(1);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
