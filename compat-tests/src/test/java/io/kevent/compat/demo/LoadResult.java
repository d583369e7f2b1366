// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

import org.HdrHistogram.Histogram;

/** What one round, or one thread of it, came to; the latencies in nanoseconds. */
record LoadResult(long requests, long errors, String firstError, double seconds, Histogram latencies) {
    double requestsPerSecond() {
        return requests / seconds;
    }

    LoadResult plus(LoadResult other) {
        Histogram sum = latencies.copy();
        sum.add(other.latencies);
        return new LoadResult(requests + other.requests, errors + other.errors, firstError == null ? other.firstError : firstError,
            Math.max(seconds, other.seconds), sum);
    }
}
