// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.util.ArrayList;
import java.util.List;

/** How many events a second one thread reads that another one makes. */
public final class SeedMeasurement implements Measurement {
    private static final List<Subject> SUBJECTS = List.of(Subject.JDK, Subject.KEVENT, Subject.KEVENT_EDGE, Subject.QUEUE_EDGE, Subject.NETTY_EPOLL,
            Subject.BARE_EPOLL, Subject.MAXIMUM);

    private static final List<Subject> MAIN = List.of(Subject.JDK, Subject.KEVENT, Subject.KEVENT_EDGE, Subject.QUEUE_EDGE, Subject.MAXIMUM);
    private static final List<Integer> PAIRS = List.of(10, 1000, 8000);
    private static final List<Integer> MAIN_PAIRS = List.of(1000);
    /** Many: what else the machine does moves the figures of a turn by a half, and those of its neighbours alike. */
    private static final int TURNS = 20;
    private static final int QUICK_TURNS = 4;

    /** Public for the list of measurements. */
    public SeedMeasurement() { }

    @Override
    public String name() {
        return "seed";
    }

    @Override
    public String title() {
        return "Socket events";
    }

    @Override
    public String about() {
        return "Pairs of TCP sockets in one process, after the benchmark that the kevent patches of 2006 were measured with: one thread writes 10 bytes to pair"
                + " after pair, another reads by events, one message per pair at a time (at once: two threads that need a processor each, so this moves with the"
                + " machine, and a reader that is faster sleeps more often, for which the writer pays, who has to wake it); and one thread that writes to all"
                + " pairs and then reads by events, of which only the reading counts (in turns). The maximum reads in the order of writing, without"
                + " asking, and never sleeps; what can be reached by anything that sleeps until it is woken is what edge-triggered epoll_wait comes to with"
                + " nothing around it, and that is the limit of the targets. CPU and bytes are those of the thread that reads, context switches those of the process."
                + " Calls are counted by strace in turns, and at full speed, by perf, at once.";
    }

    @Override
    public String per() {
        return "event";
    }

    @Override
    public List<Block> blocks(Setting setting) {
        List<Block> blocks = new ArrayList<>();
        for (int pairs : setting.pick(MAIN_PAIRS, PAIRS)) {
            blocks.add(block(setting, pairs, true));
            if (!setting.quick()) {
                blocks.add(block(setting, pairs, false));
            }
        }
        return blocks;
    }

    private static Block block(Setting setting, int pairs, boolean inTurns) {
        // Netty's loop has a thread of its own, whatever it is asked
        List<Subject> subjects = setting.pick(MAIN, SUBJECTS).stream().filter(subject -> !inTurns || subject != Subject.NETTY_EPOLL).toList();
        List<Trial> trials = new ArrayList<>(setting.each(subjects, subject ->
                List.of(new SeedTrial(new SeedJvm(subject, pairs, inTurns, setting)))));
        if (!setting.quick()) {
            trials.addAll(setting.each(subjects, subject -> {
                SeedJvm jvm = new SeedJvm(subject, pairs, inTurns, setting);
                return List.of(inTurns ? new CountedSeedTrial(jvm) : new TracedSeedTrial(jvm));
            }));
        }
        return new Block(pairs + (inTurns ? " pairs, in turns" : " pairs, at once"), trials, setting.pick(QUICK_TURNS, TURNS));
    }
}
