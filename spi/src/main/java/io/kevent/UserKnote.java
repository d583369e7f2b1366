// SPDX-License-Identifier: Apache-2.0
package io.kevent;

/**
 * A {@link Knote} that the program triggers, from any thread. Triggers are merged until the event is delivered: its {@link EventBatch#data()} is the value of
 * the last one, its {@link EventBatch#filterFlags()} the flags as they are at the delivery. From kqueue's {@code EVFILT_USER}, always with {@code EV_CLEAR}:
 * an event that is delivered is not delivered again before the next trigger.
 */
public interface UserKnote extends Knote {
    /** The bits that a flag may use, as in kqueue's {@code NOTE_FFLAGSMASK}. */
    int FLAGS_MASK = 0x00ff_ffff;

    /** What becomes of the flags. */
    enum FlagOperation {
        /** They stay as they are ({@code NOTE_FFNOP}). */
        KEEP,
        /** They are and'ed with those given ({@code NOTE_FFAND}). */
        AND,
        /** They are or'ed with those given ({@code NOTE_FFOR}). */
        OR,
        /** Those given take their place ({@code NOTE_FFCOPY}). */
        COPY
    }

    /**
     * Triggers the event with the value 0.
     *
     * @throws DeletedKnoteException if the knote is deleted
     */
    default void trigger() {
        trigger(0);
    }

    /**
     * Triggers the event.
     *
     * @param value what the event tells; takes the place of the value of a trigger that was not delivered yet
     * @throws DeletedKnoteException if the knote is deleted
     */
    default void trigger(long value) {
        trigger(value, FlagOperation.KEEP, 0);
    }

    /**
     * Changes the flags and triggers the event, in one step.
     *
     * @param value what the event tells
     * @param operation what becomes of the flags
     * @param flags bits of {@link #FLAGS_MASK}
     * @throws IllegalArgumentException if {@code flags} holds another bit
     * @throws DeletedKnoteException if the knote is deleted
     */
    void trigger(long value, FlagOperation operation, int flags);

    /**
     * Changes the flags and triggers nothing. They stay until they are changed again, whatever is delivered.
     *
     * @param operation what becomes of the flags
     * @param flags bits of {@link #FLAGS_MASK}
     * @return the flags as they are now
     * @throws IllegalArgumentException if {@code flags} holds another bit
     * @throws DeletedKnoteException if the knote is deleted
     */
    int flags(FlagOperation operation, int flags);
}
