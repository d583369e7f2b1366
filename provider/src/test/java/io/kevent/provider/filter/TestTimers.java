// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.provider.queue.Dispatcher;
import java.util.function.LongSupplier;

/** Timers of a clock that the test moves on. */
public final class TestTimers {
    private TestTimers() { }

    public static TimerFilter of(Dispatcher dispatcher, LongSupplier clock) {
        return new TimerFilter(dispatcher, clock, clock);
    }
}
