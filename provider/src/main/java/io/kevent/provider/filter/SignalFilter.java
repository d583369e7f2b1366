// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventKind;
import io.kevent.SignalKnote;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.kernel.Signals;
import io.kevent.provider.queue.Dispatcher;

/** Signals sent to the process. The same signal is the same knote; what comes is counted until it is told. */
public final class SignalFilter extends NamedFilter<String, SignalFilter.Source> {
    private final Dispatcher dispatcher;

    /**
     * Makes the filter of a queue.
     *
     * @param dispatcher the queue's
     */
    public SignalFilter(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Registers a signal; see {@link io.kevent.KeventQueue#signal}.
     *
     * @param name the signal's name
     * @param flags options, disabled or not, priority
     * @param attachment the attachment, or null
     * @return the knote
     */
    public SignalKnote register(String name, int flags, Object attachment) {
        JdkKernel.requireSignals();
        Terms terms = Terms.of(flags, attachment);
        String signal = Signals.canonical(name);
        synchronized (sources) {
            dispatcher.requireOpen();
            Source known = sources.get(signal);
            if (known != null) {
                if (known.reregister(terms)) {
                    return known;
                }
                // whoever deletes it has not come to that yet
                known.release();
            }
            Source source = new Source(terms, signal);
            source.watch = Signals.watch(signal, source::arrived);
            sources.put(signal, source);
            return source;
        }
    }

    final class Source extends OccurrenceKnote implements SignalKnote {
        private final String signal;

        /** Guarded by the sources. */
        private Signals.Watch watch;

        Source(Terms terms, String signal) {
            super(SignalFilter.this.dispatcher, EventKind.SIGNAL, terms);
            this.signal = signal;
        }

        private void arrived() {
            dispatcher().lock();
            try {
                if (!isDeleted()) {
                    number++;
                    occurredLocked();
                }
            } finally {
                dispatcher().unlock();
            }
        }

        @Override
        protected void detachLocked() { }

        @Override
        protected void release() {
            synchronized (sources) {
                watch.close();
                sources.remove(signal, this);
            }
        }

        @Override
        public String signal() {
            return signal;
        }

        @Override
        protected String label() {
            return "SIG" + signal;
        }
    }
}
