// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import io.kevent.provider.figures.SelectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** The child's main class: keeps a key selected, and waits a millisecond in each select. Prints how often that was taken for a spin. */
final class UntimedProgram {
    private static final int SELECTS = 1100;
    private static final long MILLISECOND = 1_000_000;

    private UntimedProgram() { }

    public static void main(String[] args) throws IOException {
        Pipe pipe = Pipe.open();
        try (Selector selector = Selector.open(); Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            source.register(selector, SelectionKey.OP_READ);
            Semaphore turns = new Semaphore(0);
            Thread writer = new Thread(() -> write(sink, turns));
            writer.setDaemon(true);
            writer.start();
            for (int i = 0; i < SELECTS; i++) {
                turns.release();
                selector.select();
                source.read(ByteBuffer.allocate(1));
            }
            System.out.println("spins=" + SelectorRegistry.snapshot().get(0).spin().count());
        }
    }

    private static void write(Pipe.SinkChannel sink, Semaphore turns) {
        try {
            for (int i = 0; i < SELECTS; i++) {
                turns.acquireUninterruptibly();
                for (long end = System.nanoTime() + MILLISECOND; System.nanoTime() < end;) {
                    LockSupport.parkNanos(MILLISECOND);
                }
                sink.write(ByteBuffer.allocate(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
