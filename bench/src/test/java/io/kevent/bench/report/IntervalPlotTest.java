// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Subject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class IntervalPlotTest {

    @Test
    void eachSubjectHasAColourOfItsOwn() {
        assertEquals(Subject.values().length, Arrays.stream(Subject.values()).map(IntervalPlot::colour).distinct().count());
    }
}
