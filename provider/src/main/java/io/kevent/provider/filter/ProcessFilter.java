// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventKind;
import io.kevent.ProcessKnote;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The end of processes, which the JDK tells. The same process is the same knote until its end was told. */
public final class ProcessFilter extends NamedFilter<ProcessHandle, ProcessFilter.Source> {
    private final Dispatcher dispatcher;

    /**
     * Makes the filter of a queue.
     *
     * @param dispatcher the queue's
     */
    public ProcessFilter(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Registers a process that this JVM has started; see {@link io.kevent.KeventQueue#process(Process, int, Object)}.
     *
     * @param process the process
     * @param flags options, disabled or not, priority
     * @param attachment the attachment, or null
     * @return the knote
     */
    public ProcessKnote register(Process process, int flags, Object attachment) {
        return register(process.toHandle(), () -> process.onExit().thenApply(Process::exitValue), true, flags, attachment);
    }

    /**
     * Registers any process; see {@link io.kevent.KeventQueue#process(ProcessHandle, int, Object)}.
     *
     * @param process its handle
     * @param flags options, disabled or not, priority
     * @param attachment the attachment, or null
     * @return the knote
     */
    public ProcessKnote register(ProcessHandle process, int flags, Object attachment) {
        return register(process, () -> process.onExit().thenApply(ended -> (int) ProcessKnote.UNKNOWN_STATUS), false, flags, attachment);
    }

    private ProcessKnote register(ProcessHandle process, Supplier<CompletableFuture<Integer>> status, boolean tellsStatus, int flags, Object attachment) {
        Terms terms = Terms.of(flags, attachment);
        Source source;
        CompletableFuture<Integer> ended;
        synchronized (sources) {
            dispatcher.requireOpen();
            source = sources.get(process);
            if (source != null && tellsStatus && !source.tellsStatus) {
                source.dropUntold();
            }
            boolean known = source != null && source.reregister(terms);
            if (known && (source.tellsStatus || !tellsStatus)) {
                return source;
            }
            // refuses the current process
            ended = status.get();
            if (!known) {
                source = new Source(terms, process);
                sources.put(process, source);
            }
            source.tellsStatus = tellsStatus;
            // also if it has ended without a status
            source.target.set(source);
        }
        // by way of a reference that is cleared: a process may outlive the knote by years
        AtomicReference<Source> target = source.target;
        ended.thenAccept(value -> {
            Source told = target.get();
            if (told != null) {
                told.ended(value, tellsStatus);
            }
        });
        return source;
    }

    final class Source extends OccurrenceKnote implements ProcessKnote {
        private final ProcessHandle process;
        private final AtomicReference<Source> target = new AtomicReference<>(this);

        /** Whether somebody has registered the process itself, who knows its status. Guarded by the sources. */
        private boolean tellsStatus;

        /** Guarded by the dispatcher's lock. */
        private boolean hasEnded;

        Source(Terms terms, ProcessHandle process) {
            super(ProcessFilter.this.dispatcher, EventKind.PROCESS, terms);
            this.process = process;
        }

        void ended(int status, boolean knowsStatus) {
            synchronized (sources) {
                if (target.get() == null || knowsStatus != tellsStatus) {
                    // told, or about to be told by who knows more
                    return;
                }
                target.set(null);
                // before it may be registered by who knows more
                tell(status);
            }
        }

        private void tell(int status) {
            dispatcher().lock();
            try {
                if (!isDeleted()) {
                    hasEnded = true;
                    number = status;
                    occurredLocked();
                }
            } finally {
                dispatcher().unlock();
            }
        }

        /** It has ended without a status, and there will be one. */
        private void dropUntold() {
            dispatcher().lock();
            try {
                if (hasEnded && hasOccurredLocked()) {
                    hasEnded = false;
                    dropLocked();
                }
            } finally {
                dispatcher().unlock();
            }
        }

        @Override
        boolean isOverLocked() {
            return hasEnded && !hasOccurredLocked();
        }

        @Override
        protected void tellLocked(QueueBatch batch) {
            super.tellLocked(batch);
            if (isOverLocked()) {
                // without the sources' lock, which comes before the dispatcher's
                sources.remove(process, this);
            }
        }

        @Override
        protected boolean takeBackLocked(QueueBatch batch, int index) {
            // a process ends once: there is nothing to merge with
            number = batch.dataAt(index);
            setOccurredLocked();
            sources.putIfAbsent(process, this);
            return true;
        }

        @Override
        protected void detachLocked() { }

        @Override
        protected void release() {
            synchronized (sources) {
                // not while it is registered again, which sets it
                target.set(null);
                forget(process, this);
            }
        }

        @Override
        public ProcessHandle process() {
            return process;
        }

        @Override
        protected String label() {
            return "process " + process.pid();
        }
    }
}
