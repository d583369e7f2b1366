// SPDX-License-Identifier: Apache-2.0
package io.kevent;

/** How a {@link KeventQueue} is to behave. Immutable: each method answers new options. */
public final class QueueOptions {
    /** A concurrency without a limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final QueueOptions DEFAULTS = new QueueOptions(UNLIMITED);

    private final int concurrency;

    private QueueOptions(int concurrency) {
        this.concurrency = concurrency;
    }

    /**
     * The options of {@link KeventQueue#open()}: no limit of concurrency.
     *
     * @return the options
     */
    public static QueueOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Limits how many threads work at once: no event goes to a waiting thread while so many are working. A thread is working from the return of a call
     * that took events until its next call, except while it is inside {@link KeventQueue#blocking}. More threads than that may wait: they take the places
     * of those that block. The idea is that of Windows' I/O completion ports, and of what J. G. Myers asked of epoll in 2002.
     *
     * @param threads how many, usually the number of processors; {@link #UNLIMITED} for no limit
     * @return options with that limit
     * @throws IllegalArgumentException if it is less than 1
     */
    public QueueOptions concurrency(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("concurrency " + threads + ": at least one thread must be able to work");
        }
        return new QueueOptions(threads);
    }

    /**
     * The limit.
     *
     * @return how many threads may work at once; {@link #UNLIMITED} if there is no limit
     */
    public int concurrency() {
        return concurrency;
    }

    @Override
    public String toString() {
        return "QueueOptions[concurrency=" + (concurrency == UNLIMITED ? "unlimited" : concurrency) + "]";
    }
}
