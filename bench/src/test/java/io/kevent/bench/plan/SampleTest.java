// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class SampleTest {

    @Test
    void figuresOfNothingDoneAreRefusedByName() {
        Sample sample = Sample.of(Metric.TIME, 1);
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> sample.with(Metric.CALLS, 3.0 / 0));
        assertEquals("selector system calls came to Infinity: nothing was done meanwhile", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Sample.of(Metric.RATE, 0.0 / 0));
    }
}
