// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import io.kevent.provider.kernel.Engine;
import java.io.IOException;
import java.nio.channels.Selector;

/** Ways to select that several workloads need. */
final class Selections {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private Selections() { }

    /** Waits until so many keys are ready, and leaves none selected. */
    static void awaitReady(Selector selector, int ready) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (selector.select(100) < ready) {
            selector.selectedKeys().clear();
            if (System.nanoTime() > end) {
                throw new IOException("not all " + ready + " keys became ready");
            }
        }
        selector.selectedKeys().clear();
    }

    /** Waits until so many descriptors are ready. */
    static void awaitReady(Engine engine, int ready) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (engine.collect(100) < ready) {
            if (System.nanoTime() > end) {
                throw new IOException("not all " + ready + " descriptors became ready");
            }
        }
    }
}
