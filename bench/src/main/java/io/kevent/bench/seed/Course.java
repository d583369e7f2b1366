// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

/** How writing and reading go on beside each other. */
interface Course {

    /**
     * Runs for a while. May be called again.
     *
     * @param nanos for how long, about
     * @return what the thread that reads came to
     * @throws Exception if it fails
     */
    Clock run(long nanos) throws Exception;
}
