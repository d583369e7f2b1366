// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import java.util.function.DoubleSupplier;

/** Steal time: what the host of a virtual machine gives to others while the machine has work to do. No program in the machine can be seen to take it. */
@FunctionalInterface
public interface Steal {
    /** From which part on a time says little: seen to multiply what a request costs. */
    double MUCH = 0.05;

    /**
     * Begins to look.
     *
     * @return tells at each call which part of the processors' time was stolen since, of the time in which they had something to do: 0 to 1
     */
    DoubleSupplier watch();
}
