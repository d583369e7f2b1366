// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * The knotes whose interest changed since the collector last looked: any thread pushes, the collector takes all at once. An intrusive stack (R. K.
 * Treiber's), so that a change allocates nothing; that all is taken at once rules out the ABA problem. A knote is pushed only by the thread that set its
 * queued bit and is therefore in the list once at most.
 */
public final class ChangeList {
    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(ChangeList.class, "top", Knote.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LongAdder uncounted;
    private volatile Knote top;

    /** Makes an empty list. */
    public ChangeList() {
        this(new LongAdder());
    }

    ChangeList(LongAdder uncounted) {
        this.uncounted = uncounted;
    }

    /** An owner has changed a knote's interest, and the interest word has no room left to count it. Any thread. */
    void countBesides() {
        uncounted.increment();
    }

    void push(Knote knote) {
        for (;;) {
            Knote below = top;
            knote.nextChange = below;
            if (TOP.compareAndSet(this, below, knote)) {
                return;
            }
        }
    }

    /** Puts the rest of what was taken back, its first knote being the given one; null is nothing. */
    void giveBack(Knote rest) {
        while (rest != null) {
            Knote next = rest.nextChange;
            push(rest);
            rest = next;
        }
    }

    /** Empties the list. Returns what it held, the oldest first, linked by {@code nextChange}; null if nothing. */
    Knote takeAll() {
        if (top == null) {
            return null;
        }
        Knote newest = (Knote) TOP.getAndSet(this, null);
        Knote oldest = null;
        while (newest != null) {
            Knote below = newest.nextChange;
            newest.nextChange = oldest;
            oldest = newest;
            newest = below;
        }
        return oldest;
    }
}
