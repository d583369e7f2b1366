// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A count that one thread at a time adds to, at the cost of a plain add, and any thread reads, perhaps a little late. */
public final class Counter {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** Makes a count of 0. */
    public Counter() { }

    /**
     * Adds. For the thread whose count it is; that the next such thread sees it is up to the lock that one hands to the other.
     *
     * @param amount how much
     */
    public void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    /**
     * Reads. Any thread.
     *
     * @return the count
     */
    public long get() {
        return (long) VALUE.getOpaque(this);
    }
}
