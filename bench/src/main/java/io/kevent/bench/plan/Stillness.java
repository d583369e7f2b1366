// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import java.util.Optional;

/** Looks whether the machine is at rest while nobody has a turn: what a trial does beyond its turns is added to the figures of all others. */
public interface Stillness {
    /** How long it takes, for the time that is announced. */
    double SECONDS = 2;

    /**
     * Looks for a while.
     *
     * @return what disturbs, in a few words; nothing if all is still
     * @throws Exception if that cannot be seen
     */
    Optional<String> disturbance() throws Exception;
}
