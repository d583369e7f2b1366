// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.provider.core.Knote;
import io.kevent.provider.core.Looks;
import java.nio.channels.SelectableChannel;

/** A knote of the core whose owner is a knote of a queue. */
public abstract class KernelKnote extends Knote {

    /** Whether it was delivered and is not looked at before a thread comes for events or has done; guarded by the dispatcher's lock. */
    boolean lent;

    /**
     * Makes one that is not interested in anything yet.
     *
     * @param channel a channel of the JDK
     */
    protected KernelKnote(SelectableChannel channel) {
        super(channel, false);
    }

    @Override
    protected final Looks looks() {
        return owner().dispatcher().watch().looks();
    }

    /**
     * The owner.
     *
     * @return the knote of the queue
     */
    protected abstract QueueKnote owner();

    /**
     * The kernel was found to have something that the interest set waits for. Called with the dispatcher's lock held.
     *
     * @param events what was found
     */
    protected abstract void foundLocked(int events);
}
