// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.util.List;

/** What a registered key takes. What a select allocates is among the figures of the other measurements. */
public final class MemoryMeasurement implements Measurement {
    private static final List<Subject> MAIN = List.of(Subject.JDK, Subject.KEVENT);
    private static final List<Subject> SUBJECTS = List.of(Subject.JDK, Subject.KEVENT, Subject.AGENT);
    private static final double PATIENCE_SECONDS = 60;

    /** Public for the list of measurements. */
    public MemoryMeasurement() { }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String title() {
        return "Memory per key";
    }

    @Override
    public String about() {
        return "How much more lives in the heap after channels that were there before have been registered: what the selector adds, by the JVM's own histogram"
                + " of the heap.";
    }

    @Override
    public String per() {
        return "key";
    }

    @Override
    public List<Block> blocks(Setting setting) {
        return setting.pick(List.of(10_000), List.of(1000, 10_000)).stream().map(keys -> block(setting, keys)).toList();
    }

    private static Block block(Setting setting, int keys) {
        return new Block(keys + " keys", setting.each(setting.pick(MAIN, SUBJECTS), subject -> List.of(new MemoryTrial(subject, keys))));
    }

    private record MemoryTrial(Subject subject, int keys) implements Trial {
        @Override
        public double seconds() {
            return 1.5;
        }

        @Override
        public Repetition repetition() {
            return Repetition.ONCE;
        }

        @Override
        public Sample run() throws Exception {
            try (ChildJvm child = ChildJvm.start(subject, List.of(), MemoryMain.class, Integer.toString(keys))) {
                return Sample.of(Metric.BYTES, child.figures(PATIENCE_SECONDS).get("bytes"));
            }
        }
    }
}
