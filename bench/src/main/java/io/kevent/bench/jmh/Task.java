// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.workload.Kind;

/**
 * What is timed and counted.
 *
 * @param kind which workload
 * @param size its number
 * @param perWork how many operations one piece of work is
 * @param threads how many threads do it at once
 * @param prepared whether each piece of work is prepared by itself
 */
public record Task(Kind kind, int size, double perWork, int threads, boolean prepared) {
    /**
     * A task of one thread, that is not prepared.
     *
     * @param kind which workload
     * @param size its number
     * @param perWork how many operations one piece of work is
     */
    public Task(Kind kind, int size, double perWork) {
        this(kind, size, perWork, 1, false);
    }
}
