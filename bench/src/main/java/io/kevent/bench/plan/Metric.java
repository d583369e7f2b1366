// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

/** What is measured, in which unit, and which way is better. Whether it is per event, per request or per something else the measurement says. */
public enum Metric {
    /** Wall-clock time. */
    TIME("time", "ns", false),
    /** Processor time, user and system. */
    CPU("CPU", "ns", false),
    /** All calls that a selector makes: epoll_ctl, epoll_wait, poll, and reads and writes of an eventfd. */
    CALLS("selector system calls", "", false),
    /** Of these epoll_ctl. */
    EPOLL_CTL("epoll_ctl", "", false),
    /** Of these epoll_wait. */
    EPOLL_WAIT("epoll_wait", "", false),
    /** Of these poll. */
    POLL("poll", "", false),
    /** Of these reads and writes of an eventfd. */
    EVENTFD("eventfd", "", false),
    /** The same calls as {@link #CALLS}, counted while nothing slows the process down. */
    CALLS_AT_SPEED("selector system calls at full speed", "", false),
    /** Of these epoll_wait, and writes to an eventfd. */
    NEEDED_AT_SPEED("waits and wake-ups at full speed", "", false),
    /** Calls that let other threads run, sched_yield, likewise. */
    YIELDS_AT_SPEED("sched_yield at full speed", "", false),
    /** Bytes allocated in the heap by the thread or the threads that work. */
    ALLOCATED("bytes allocated", "B", false),
    /** Voluntary context switches of the process. */
    SWITCHES("context switches", "", false),
    /** Bytes of the heap that stay. */
    BYTES("bytes kept", "B", false),
    /** Part of the processor time that goes into the system calls of selectors. */
    SHARE("CPU in selector calls", "%", false),
    /** Events or requests in a second. */
    RATE("rate", "/s", true),
    /** Latency that half of the requests keep. */
    P50("p50", "µs", false),
    /** Latency that 99 % of the requests keep. */
    P99("p99", "µs", false),
    /** Latency that 99.9 % of the requests keep. */
    P999("p99.9", "µs", false),
    /** Threads that return from a select. */
    WAKEUPS("wake-ups", "", false),
    /** Accepts that return nothing. */
    EMPTY_ACCEPTS("empty accepts", "", false);

    private final String title;
    private final String unit;
    private final boolean moreIsBetter;

    Metric(String title, String unit, boolean moreIsBetter) {
        this.title = title;
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    /**
     * How the report calls it.
     *
     * @return a word or two
     */
    public String title() {
        return title;
    }

    /**
     * The unit.
     *
     * @return its symbol; empty for a count
     */
    public String unit() {
        return unit;
    }

    /**
     * Which way is better.
     *
     * @return whether more of it is better than less
     */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /**
     * Whether noise can hardly touch it.
     *
     * @return true for counts, false for times and rates
     */
    public boolean isCount() {
        return this != TIME && this != CPU && this != SHARE && this != RATE && this != P50 && this != P99 && this != P999;
    }
}
