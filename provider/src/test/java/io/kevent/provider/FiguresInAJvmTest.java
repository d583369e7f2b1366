// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the figures ask of a JVM that does not look at them, and of one that could not. */
class FiguresInAJvmTest {
    private static final String OPENS = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";
    private static final List<String> SELECTED = List.of("selector=io.kevent.provider.selector.KeventSelector", "selected=1", "option=accepted");

    @Test
    void neitherJmxNorTheEventsAreLoadedWithoutNeed() throws Exception {
        ChildJvm child = ChildJvm.run(SelectOnce.class, OPENS, "-Xlog:class+load");
        assertTrue(child.output().contains("io.kevent.provider.figures.SelectorWatch "), "the log of loaded classes is not what it was");
        for (String type : new String[] {"java.lang.management.ManagementFactory", "io.kevent.provider.figures.RecordedEvents",
                "io.kevent.provider.figures.SelectEvent"}) {
            assertFalse(child.output().contains(type + " "), type);
        }
    }

    @Test
    void jmxIsBroughtUpWhereThePropertyAsksForIt() throws Exception {
        ChildJvm child = ChildJvm.run(SelectOnce.class, OPENS, "-Xlog:class+load", "-Dio.kevent.jmx=true");
        assertTrue(child.output().contains("java.lang.management.ManagementFactory "));
    }

    @Test
    void whoWaitsIsNoSpinThoughTheTimeIsNotTaken() throws Exception {
        ChildJvm child = ChildJvm.run(UntimedProgram.class, OPENS, "-Dio.kevent.timing=false");
        assertEquals(List.of("spins=0"), child.output().lines().toList());
    }

    @Test
    void jvmWithoutJmxAndFlightRecorderSelects() throws Exception {
        ChildJvm child = ChildJvm.run(SelectOnce.class, OPENS, "--limit-modules=java.base", "-Dio.kevent.jmx=true");
        assertEquals(SELECTED, child.output().lines().toList());
        assertEquals(0, child.exitCode());
    }

    @Test
    void jvmThatRecordsFromTheStartSelects() throws Exception {
        ChildJvm child = ChildJvm.run(SelectOnce.class, OPENS, "-XX:StartFlightRecording:dumponexit=false");
        assertTrue(child.output().lines().toList().containsAll(SELECTED), child.output());
        assertEquals(0, child.exitCode());
    }
}
