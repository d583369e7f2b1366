// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import io.kevent.bench.workload.Kind;
import java.util.ArrayList;
import java.util.List;

/** A measurement whose scenarios are workloads: each is timed by JMH and counted by strace. */
public abstract class WorkloadMeasurement implements Measurement {
    /** Forks of each row in a round. */
    private static final int FORKS = 4;
    private static final int FORKS_IN_QUICK_MODE = 1;

    /** For the measurements. */
    protected WorkloadMeasurement() { }

    /**
     * Makes a block of one task.
     *
     * @param setting how much is run
     * @param scenario what is done
     * @param task the workload
     * @param subjects who does it, in order
     * @return the block
     */
    protected static Block block(Setting setting, String scenario, Task task, List<Subject> subjects) {
        List<Trial> trials = new ArrayList<>(setting.each(subjects, subject -> List.of(new JmhTrial(task, subject, setting))));
        // calls that are not of one thread's making depend on the moment, and strace makes other moments
        if (!task.prepared() && task.threads() == 1) {
            trials.addAll(setting.each(subjects, subject -> List.of(new CountTrial(task, subject))));
        }
        return new Block(scenario, trials, forks(setting));
    }

    /**
     * Makes a block of one task, with its limit as a row.
     *
     * @param setting how much is run
     * @param scenario what is done
     * @param task the workload
     * @param limit what is left of it when the selector costs nothing
     * @param subjects who does it, in order
     * @return the block
     */
    protected static Block block(Setting setting, String scenario, Task task, Kind limit, List<Subject> subjects) {
        Task least = new Task(limit, task.size(), task.perWork(), task.threads(), task.prepared());
        // nothing is to be counted: what calls it makes it is made of
        Block limits = new Block(scenario, setting.each(List.of(Subject.LIMIT), subject -> List.of(new JmhTrial(least, subject, setting))), forks(setting));
        return block(setting, scenario, task, subjects).with(limits);
    }

    private static int forks(Setting setting) {
        return setting.pick(FORKS_IN_QUICK_MODE, FORKS);
    }
}
