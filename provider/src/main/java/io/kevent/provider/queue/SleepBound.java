// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

/** How long a thread may sleep that looks after the kernel for all that wait. Guarded by the dispatcher's lock. */
final class SleepBound {
    private final Workers workers;
    private final long burialNanos;
    private final Postponement postponement = new Postponement();
    private Clockwork clockwork;

    /** It is looked so often whether a thread that is at work has died. */
    SleepBound(Workers workers, long burialNanos) {
        this.workers = workers;
        this.burialNanos = burialNanos;
    }

    void drive(Clockwork driven) {
        clockwork = driven;
    }

    Clockwork clockwork() {
        return clockwork;
    }

    Postponement postponement() {
        return postponement;
    }

    long burialNanos() {
        return burialNanos;
    }

    /** Until something happens by the clock, it is to be looked whether a thread has died, or for what was left to one that has more to do. */
    long nanosInKernel() {
        long bound = Math.min(clockwork.nanosToNext(), postponement.longestSleep());
        return workers.isAnyWorking() ? Math.min(bound, burialNanos) : bound;
    }

    /**
     * The same for one on standby. While as many work as may, whatever happens is for none that sleeps, so that it need not be back in time for that; but if
     * it is, it need not be called when there is room again, as one is that sleeps for longer than it may then.
     */
    long nanosOnStandby() {
        long bound = nanosInKernel();
        return workers.haveRoomFor(1) ? bound : Math.min(Math.max(bound, Postponement.LIMIT_NANOS), burialNanos);
    }
}
