// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventKind;
import io.kevent.FifoKnote;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.provider.queue.Background;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

/**
 * A named pipe that somebody has open for both directions, which does not block. Its ends that are not blocking either are those of a knote in a queue that
 * does nothing else.
 */
abstract class FifoSource extends SourceUnderTest {
    final TestFifo fifo = new TestFifo();
    final RandomAccessFile peer = new RandomAccessFile(fifo.path.toFile(), "rw");
    private final KeventQueue ends = KeventQueue.open();

    private FifoSource(String name, int ops) throws IOException, InterruptedException {
        super(name, EventKind.FIFO, ops);
    }

    @Override
    Knote register(KeventQueue queue, int flags, Object attachment) throws IOException {
        FifoKnote knote = queue.fifo(fifo.path, ops | flags, attachment);
        Background.until("the FIFO is open", () -> (ops == OP_READ ? knote.source() : knote.sink()) != null);
        return knote;
    }

    final FifoKnote end(int direction) throws IOException {
        FifoKnote end = ends.fifo(fifo.path, direction | KeventQueue.DISABLED, null);
        Background.until("the end is open", () -> (direction == OP_READ ? end.source() : end.sink()) != null);
        return end;
    }

    @Override
    int meaninglessFlag() {
        return OP_ACCEPT;
    }

    @Override
    public void close() throws IOException {
        ends.close();
        peer.close();
        fifo.close();
    }

    static FifoSource reading() throws IOException, InterruptedException {
        return new FifoSource("FIFO to read", OP_READ) {
            private final Pipe.SourceChannel source = end(OP_READ).source();

            @Override
            void happen() throws IOException {
                peer.write(0);
            }

            @Override
            void drain() throws IOException {
                ByteBuffer buffer = ByteBuffer.allocate(64);
                while (source.read(buffer) > 0) {
                    buffer.clear();
                }
            }
        };
    }

    /** Full to begin with. What happens is that it is read from. */
    static FifoSource writing() throws IOException, InterruptedException {
        return new FifoSource("FIFO to write", OP_WRITE) {
            private static final int PAGE = 4096;

            private final Pipe.SinkChannel sink = end(OP_WRITE).sink();
            private final Pipe.SourceChannel source = end(OP_READ).source();

            {
                drain();
            }

            @Override
            void happen() throws IOException {
                drain();
                ByteBuffer buffer = ByteBuffer.allocate(PAGE);
                while (source.read(buffer) > 0) {
                    buffer.clear();
                }
            }

            @Override
            void drain() throws IOException {
                // whole pages: so many are to be written until there is room for none
                while (sink.write(ByteBuffer.allocate(PAGE)) > 0) {
                    Thread.onSpinWait();
                }
            }
        };
    }
}
