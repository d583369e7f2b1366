// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

/** How to wait for another thread without sleeping. */
final class Spin {
    private static final int SPINS = 200;

    private Spin() { }

    static void pause(int spins) {
        if (spins % SPINS == 0) {
            // the other one may be waiting for this processor
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }
}
