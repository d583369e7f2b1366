// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How many events of a knote are in threads' batches, and how many of those are being handled: in one word, which a thread changes for each event and without
 * a lock. Who wants to know of the end of the handling asks for attention first and looks at the word then; a thread that ends changes the word first and looks
 * whether attention is asked for then. So one of the two sees the other. Likewise {@link #begin}: it counts first, and looks whether the knote is deleted then.
 */
abstract class Handling {
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(Handling.class, "word", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int DELIVERED = 1;
    private static final int BEGUN = 1 << 16;

    /** Low half: events in batches whose handling has not ended. High half: those of them whose handling has begun. */
    private volatile int word;

    private volatile boolean attention;
    private volatile boolean deleted;

    /** An event of it goes into a batch. */
    final void delivered() {
        WORD.getAndAdd(this, DELIVERED);
    }

    /** A thread comes to the event. False if it must pass it over, which has been taken out of the count then. */
    final boolean begin() {
        WORD.getAndAdd(this, BEGUN);
        if (deleted) {
            end();
            return false;
        }
        return true;
    }

    /** The handling of an event has ended. */
    final void end() {
        WORD.getAndAdd(this, -BEGUN - DELIVERED);
        if (attention) {
            handlingEnded();
        }
    }

    /** An event leaves its batch without a thread's having come to it. */
    final void withdraw() {
        WORD.getAndAdd(this, -DELIVERED);
        if (attention) {
            handlingEnded();
        }
    }

    /** Asks to be told of each end from now on by {@link #handlingEnded}. */
    final void askAttention() {
        attention = true;
    }

    final void markDeleted() {
        deleted = true;
    }

    /**
     * Whether the knote was deleted. Any thread.
     *
     * @return true from the beginning of its deletion on
     */
    protected final boolean isDeleted() {
        return deleted;
    }

    /** Whether an event of it is in some batch, begun or not. */
    final boolean isHeld() {
        return (word & BEGUN - 1) != 0;
    }

    /** How many threads handle an event of it. */
    final int begun() {
        return word >>> 16;
    }

    /** Called without the dispatcher's lock, or with it. */
    abstract void handlingEnded();
}
