// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.io.IOException;

/** What becomes of a change of a knote that the kernel refuses. Whatever that is, it is tried again in each turn until it succeeds. */
@FunctionalInterface
public interface Refusals {
    /** Each is thrown by the turn. */
    Refusals THROWN = (knote, refusal) -> false;

    /**
     * Told of a change that was refused; of further attempts not before one has succeeded. For the thread that runs the collector.
     *
     * @param knote whose change it is
     * @param refusal why
     * @return whether the owner has seen to it; the turn throws it if not
     */
    boolean seenTo(Knote knote, IOException refusal);
}
