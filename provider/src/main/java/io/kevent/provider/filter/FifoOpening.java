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
    /** Whether the thread opens the end, or hands over what came of it: it has not ended then. */
    private boolean opens;
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
        if (!begin()) {
            return;
        }
        try {
            SelectableChannel channel;
            try {
                channel = reads ? Fifo.openSource(path, JdkProvider.get()) : Fifo.openSink(path, JdkProvider.get());
            } catch (IOException e) {
                onFailed.accept(e);
                return;
            }
            onOpened.accept(channel);
        } finally {
            end();
        }
    }

    private synchronized boolean begin() {
        opens = !calledBack;
        number = Fifo.currentThread();
        return opens;
    }

    private synchronized void end() {
        opens = false;
        notifyAll();
    }

    /**
     * Ends it, and returns when it neither waits nor has an end open that nobody knows of. Any thread, without the locks that are needed to hand over: the
     * dispatcher's, and the channel's if it is not known to be watched.
     */
    synchronized void callBack() {
        calledBack = true;
        boolean interrupted = false;
        while (opens) {
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
