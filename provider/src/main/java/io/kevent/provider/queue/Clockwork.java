// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

/** What happens when its time has come, and not because the kernel tells of it. Called with the dispatcher's lock held. */
public interface Clockwork {
    /** Nothing will happen. */
    long NEVER = Long.MAX_VALUE;

    /**
     * How long until something happens.
     *
     * @return nanoseconds; zero or less if it is due, {@link #NEVER}
     */
    long nanosToNext();

    /** Lets happen what is due. */
    void run();
}
