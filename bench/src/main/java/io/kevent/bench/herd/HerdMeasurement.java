// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.herd;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.util.List;
import java.util.Map;

/** How many of eight threads one connection wakes. */
public final class HerdMeasurement implements Measurement {
    private static final List<Subject> SUBJECTS = List.of(Subject.JDK, Subject.KEVENT, Subject.KEVENT_WAKE_ONE, Subject.QUEUE);
    private static final int THREADS = 8;
    private static final double PATIENCE_SECONDS = 60;
    private static final double SECONDS_TO_CONNECT = 0.0015;
    private static final double SECONDS_TO_CONNECT_AND_REST = 0.006;

    /** Public for the list of measurements. */
    public HerdMeasurement() { }

    @Override
    public String name() {
        return "herd";
    }

    @Override
    public String title() {
        return "Accept herd";
    }

    @Override
    public String about() {
        return THREADS + " threads wait for connections of one listener, each on a selector of its own, or all on one queue; connections come one at a time."
                + " A thread that is woken in the kernel and finds the connection gone stays there: the context switches tell of it. They and the CPU include those of the"
                + " thread that connects.";
    }

    @Override
    public String per() {
        return "connection";
    }

    @Override
    public List<Block> blocks(Setting setting) {
        int connections = setting.pick(100, 400);
        int warmUp = setting.pick(300, 2000);
        return List.of(new Block(THREADS + " threads", setting.each(SUBJECTS, subject -> List.of(new HerdTrial(subject, connections, warmUp)))));
    }

    private record HerdTrial(Subject subject, int connections, int warmUp) implements Trial {
        @Override
        public double seconds() {
            return subject.secondsToStart() + SECONDS_TO_CONNECT * warmUp + SECONDS_TO_CONNECT_AND_REST * connections;
        }

        @Override
        public Sample run() throws Exception {
            try (ChildJvm child = ChildJvm.start(subject, List.of(), HerdMain.class, subject.name(), Integer.toString(THREADS),
                    Integer.toString(connections), Integer.toString(warmUp))) {
                Map<String, Double> figures = child.figures(PATIENCE_SECONDS);
                return Sample.of(Metric.WAKEUPS, figures.get("wakeups") / connections)
                        .with(Metric.EMPTY_ACCEPTS, figures.get("empty") / connections)
                        .with(Metric.SWITCHES, figures.get("switches") / connections)
                        .with(Metric.CPU, figures.get("cpu") / connections);
            }
        }
    }
}
