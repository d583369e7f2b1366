// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventKind;
import io.kevent.UserKnote;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import java.util.Objects;

/** Events that the program triggers. The last trigger's value stands for all that were merged; the flags are the knote's, and outlive the event. */
public final class UserFilter implements Filter {
    private final Dispatcher dispatcher;

    /**
     * Makes the filter of a queue.
     *
     * @param dispatcher the queue's
     */
    public UserFilter(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Registers an event; see {@link io.kevent.KeventQueue#user}.
     *
     * @param flags options, disabled or not, priority
     * @param attachment the attachment, or null
     * @return the knote
     */
    public UserKnote register(int flags, Object attachment) {
        Source source = new Source(dispatcher, Terms.of(flags, attachment));
        dispatcher.requireOpen();
        return source;
    }

    /** Nothing but the program leads to its knotes. */
    @Override
    public void close() { }

    private static final class Source extends OccurrenceKnote implements UserKnote {

        // ---- guarded by the dispatcher's lock

        private int flags;
        private int triggers;

        Source(Dispatcher dispatcher, Terms terms) {
            super(dispatcher, EventKind.USER, terms);
        }

        @Override
        public void trigger(long value, FlagOperation operation, int bits) {
            Objects.requireNonNull(operation, "operation");
            requireFlags(bits);
            lockValid();
            try {
                flags = changed(operation, bits);
                kindFlags = flags;
                number = value;
                order = ++triggers;
                occurredLocked();
            } finally {
                dispatcher().unlock();
            }
        }

        @Override
        public int flags(FlagOperation operation, int bits) {
            Objects.requireNonNull(operation, "operation");
            requireFlags(bits);
            lockValid();
            try {
                flags = changed(operation, bits);
                kindFlags = flags;
                return flags;
            } finally {
                dispatcher().unlock();
            }
        }

        private static void requireFlags(int bits) {
            if ((bits & ~FLAGS_MASK) != 0) {
                throw new IllegalArgumentException("flags 0x" + Integer.toHexString(bits) + " are not within 0x" + Integer.toHexString(FLAGS_MASK));
            }
        }

        private int changed(FlagOperation operation, int bits) {
            switch (operation) {
                case AND: return flags & bits;
                case OR: return flags | bits;
                case COPY: return bits;
                default: return flags;
            }
        }

        @Override
        protected boolean takeBackLocked(QueueBatch batch, int index) {
            int returnedOrder = batch.rawAt(index);
            // what was triggered last stands, whichever thread gives its event back last
            if (!hasOccurredLocked() || returnedOrder - order > 0) {
                number = batch.dataAt(index);
                order = returnedOrder;
                kindFlags = flags;
                setOccurredLocked();
            }
            return true;
        }

        @Override
        protected void detachLocked() { }

        @Override
        protected String label() {
            return "user event";
        }
    }
}
