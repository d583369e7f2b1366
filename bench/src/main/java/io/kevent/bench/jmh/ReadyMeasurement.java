// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.workload.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a ready event costs, among few and among many that are not. */
public final class ReadyMeasurement extends WorkloadMeasurement {
    /** The fewest ready events from which on the target holds. */
    public static final int FEW = 8;

    /** How many are ready of how many. What is together is compared with each other, and takes turns. */
    private static final int[][][] ALL = {{{1, 10}}, {{8, 10}, {8, 19_000}}, {{8, 1000}}, {{64, 1000}}, {{512, 1000}}, {{512, 19_000}}};
    /** Of how many keys select(Consumer) is looked at as well. */
    private static final int WITH_ACTION = 1000;
    private static final int[][][] MAIN = {{{8, 1000}}};
    private static final List<Subject> SUBJECTS = List.of(Subject.JDK, Subject.KEVENT);

    /** Public for the list of measurements. */
    public ReadyMeasurement() { }

    /**
     * The scenario's name.
     *
     * @param ready how many keys are ready
     * @param registered of how many
     * @return its name, without the form of the select
     */
    public static String scenario(int ready, int registered) {
        return ready + " ready of " + registered;
    }

    @Override
    public String name() {
        return "ready";
    }

    @Override
    public String title() {
        return "Select and iterate";
    }

    @Override
    public String about() {
        return "A selectNow and the walk over its K selected keys of N registered; nobody reads, so they stay ready. By the selected-key set, which is cleared,"
                + " and by select(Consumer). What lives long has been brought together by a garbage collection before, as in a"
                + " server that has run for a while. The limit is the epoll_wait alone, and a look at what it brings.";
    }

    @Override
    public String per() {
        return "ready event";
    }

    @Override
    public List<Block> blocks(Setting setting) {
        List<Block> blocks = new ArrayList<>();
        for (int[][] together : setting.pick(MAIN, ALL)) {
            blocks.add(Arrays.stream(together).map(one -> bySet(setting, one[0], one[1])).reduce(Block::with).orElseThrow());
            int[] first = together[0];
            if (!setting.quick() && first[1] == WITH_ACTION) {
                blocks.add(byAction(setting, first[0], first[1]));
            }
        }
        return blocks;
    }

    private static Block bySet(Setting setting, int ready, int registered) {
        int size = ready * Kind.SCALE + registered;
        String scenario = scenario(ready, registered);
        return block(setting, scenario, new Task(Kind.READY, size, ready), Kind.READY_LIMIT, SUBJECTS)
                .with(block(setting, scenario, new Task(Kind.READY_QUEUE, size, ready), List.of(Subject.QUEUE)));
    }

    private static Block byAction(Setting setting, int ready, int registered) {
        int size = ready * Kind.SCALE + registered;
        return block(setting, scenario(ready, registered) + ", select(Consumer)", new Task(Kind.READY_ACTION, size, ready), Kind.READY_LIMIT, SUBJECTS);
    }
}
