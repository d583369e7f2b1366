// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.workload.Kind;
import java.util.ArrayList;
import java.util.List;

/** What a wakeup costs. */
public final class WakeupMeasurement extends WorkloadMeasurement {
    /** The scenario of the target of the same words. */
    public static final String BUSY = "busy selector, wakeup alone";
    /** The scenario of the target of the same words. */
    public static final String BLOCKED = "blocked selector, round trip";

    private static final int SELECTORS = 1024;
    private static final int THREADS = 4;
    private static final List<Subject> SUBJECTS = List.of(Subject.JDK, Subject.KEVENT);

    /** Public for the list of measurements. */
    public WakeupMeasurement() { }

    @Override
    public String name() {
        return "wakeup";
    }

    @Override
    public String title() {
        return "wakeup()";
    }

    @Override
    public String about() {
        return "Of a selector in which no thread waits: the wakeup alone, and with the select that it cuts short. Of a selector that is blocked: there and back"
                + " between two threads, per wakeup. A storm: four threads wake one selector without pause, per wakeup. The limit of a busy one is the"
                + " atomic write of a word, which any thread may make; of a blocked one the write of an eventfd and the epoll_wait that it ends.";
    }

    @Override
    public String per() {
        return "wakeup";
    }

    @Override
    public List<Block> blocks(Setting setting) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(block(setting, BLOCKED, new Task(Kind.WAKEUP_BLOCKED, 1, 2), Kind.WAKEUP_BLOCKED_LIMIT, SUBJECTS));
        if (!setting.quick()) {
            blocks.add(block(setting, BUSY, new Task(Kind.WAKEUP_BUSY, SELECTORS, SELECTORS, 1, true), Kind.WAKEUP_BUSY_LIMIT, SUBJECTS));
            blocks.add(block(setting, "busy selector, with its select", new Task(Kind.WAKEUP_BUSY_SELECT, 1, 1), SUBJECTS));
            blocks.add(block(setting, "storm from 4 threads", new Task(Kind.WAKEUP_STORM, 1, 1, THREADS, false), SUBJECTS));
        }
        return blocks;
    }
}
