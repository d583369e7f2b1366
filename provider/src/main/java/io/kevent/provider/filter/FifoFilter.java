// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ClosedQueueException;
import io.kevent.EventBatch;
import io.kevent.EventKind;
import io.kevent.FifoKnote;
import io.kevent.KeventOps;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.queue.Dispatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One end of a named pipe, opened as a channel and watched as one. The same end of the same path is the same knote. */
public final class FifoFilter extends NamedFilter<FifoFilter.End, FifoFilter.Source> {
    private static final int DIRECTIONS = SelectionKey.OP_READ | SelectionKey.OP_WRITE;

    /** What {@code st_mode} of a named pipe says. */
    private static final int S_IFMT = 0170000;
    private static final int S_IFIFO = 0010000;

    private final Dispatcher dispatcher;

    /** One end of a pipe. */
    record End(Path path, boolean reads) { }

    /**
     * Makes the filter of a queue.
     *
     * @param dispatcher the queue's
     */
    public FifoFilter(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Registers an end; see {@link io.kevent.KeventQueue#fifo}.
     *
     * @param path a named pipe
     * @param flags an operation, options, disabled or not, priority
     * @param attachment the attachment, or null
     * @return the knote
     * @throws IOException if there is no such pipe, or it may not be opened
     */
    public FifoKnote register(Path path, int flags, Object attachment) throws IOException {
        JdkKernel.requireFifos();
        Terms terms = Terms.of(flags, attachment);
        int direction = terms.ops() & DIRECTIONS;
        if (Integer.bitCount(direction) != 1) {
            throw new IllegalArgumentException("a FIFO is watched for either OP_READ or OP_WRITE, not for " + KeventOps.toString(direction));
        }
        requireMeaning(terms.ops(), direction);
        boolean reads = direction == SelectionKey.OP_READ;
        requireFifo(path, reads);
        End end = new End(path.toRealPath(), reads);
        for (;;) {
            Source known;
            synchronized (sources) {
                dispatcher.requireOpen();
                known = sources.get(end);
                if (known == null) {
                    Source source = new Source(terms, path, end);
                    // first, as it may fail: there may be no more threads
                    source.opening.start();
                    sources.put(end, source);
                    return source;
                }
                if (!known.over && known.reregister(terms)) {
                    return known;
                }
            }
            // it could not be opened; or whoever deletes it has not come to that yet
            known.release();
        }
    }

    private static int requireMeaning(int ops, int direction) {
        int refused = ops & ~(direction | KeventOps.OPTIONS);
        if (refused != 0) {
            throw new IllegalArgumentException(KeventOps.toString(refused) + " means nothing for the end of a FIFO that is watched for "
                    + KeventOps.toString(direction));
        }
        return KeventOps.requireCompatible(ops);
    }

    private static void requireFifo(Path path, boolean reads) throws IOException {
        int mode = (int) Files.getAttribute(path, "unix:mode");
        if ((mode & S_IFMT) != S_IFIFO) {
            throw new FileSystemException(path.toString(), null, "not a named pipe: mkfifo makes one");
        }
        if (!(reads ? Files.isReadable(path) : Files.isWritable(path))) {
            throw new AccessDeniedException(path.toString(), null, reads ? "may not be read" : "may not be written");
        }
    }

    final class Source extends WatchedKnote implements FifoKnote {
        final FifoOpening opening;
        private final Path path;
        private final End end;

        /** Whether it could not be opened: who registers the end again wants that tried anew. Guarded by the sources. */
        private boolean over;

        Source(Terms terms, Path path, End end) {
            super(FifoFilter.this.dispatcher, EventKind.FIFO, terms);
            this.path = path;
            this.end = end;
            this.opening = new FifoOpening(path, end.reads(), this::opened, this::failed);
        }

        private void opened(SelectableChannel channel) {
            try {
                boolean watched = false;
                try {
                    synchronized (channel.blockingLock()) {
                        watch(channel);
                    }
                    watched = true;
                } finally {
                    if (!watched) {
                        channel.close();
                    }
                }
            } catch (IOException e) {
                failed(e);
            } catch (ClosedQueueException e) {
                // closed while the end was being opened: it is closed again, and there is nobody to tell
                return;
            }
        }

        private void failed(IOException reason) {
            synchronized (sources) {
                over = true;
            }
            dispatcher().lock();
            try {
                if (!isDeleted()) {
                    failLocked(reason);
                }
            } finally {
                dispatcher().unlock();
            }
        }

        @Override
        protected void release() {
            try {
                opening.callBack();
                super.release();
                SelectableChannel channel = watchedChannel();
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                forget(end, this);
            }
        }

        @Override
        protected int requireMeaning(int ops) {
            return FifoFilter.requireMeaning(ops, end.reads() ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
        }

        /** To write to a pipe that nobody reads is an error to the kernel; it is the end all the same, until somebody does. */
        @Override
        int flags(int events) {
            boolean over = (events & (end.reads() ? Events.HUP : Events.ERR)) != 0;
            return over ? EventBatch.EOF : 0;
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public Pipe.SourceChannel source() {
            requireDirection(end.reads(), "write to");
            return (Pipe.SourceChannel) watchedChannel();
        }

        @Override
        public Pipe.SinkChannel sink() {
            requireDirection(!end.reads(), "read from");
            return (Pipe.SinkChannel) watchedChannel();
        }

        private void requireDirection(boolean right, String other) {
            if (!right) {
                throw new IllegalStateException("the knote has the end to " + other);
            }
        }

        @Override
        protected String label() {
            return path.toString();
        }
    }
}
