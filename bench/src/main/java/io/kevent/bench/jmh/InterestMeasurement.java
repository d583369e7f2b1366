// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.workload.Kind;
import java.util.ArrayList;
import java.util.List;

/** What it costs to turn a key's interest off and on again. */
public final class InterestMeasurement extends WorkloadMeasurement {
    /** The scenario of the target of the same words. */
    public static final String WITHIN_TURN = "within one turn, 64 keys";
    /** The scenario of the target of the same words. */
    public static final String SELECT_BETWEEN = "select between, 64 keys";

    private static final int KEYS = 64;
    private static final List<Subject> MAIN = List.of(Subject.JDK, Subject.KEVENT);
    private static final List<Subject> SUBJECTS = List.of(Subject.JDK, Subject.KEVENT, Subject.AGENT);

    /** Public for the list of measurements. */
    public InterestMeasurement() { }

    @Override
    public String name() {
        return "interest";
    }

    @Override
    public String title() {
        return "Interest off and on again";
    }

    @Override
    public String about() {
        return "A key's interest set is emptied and set again: within one turn of the loop, with a select between, by another thread that then wakes the"
                + " selector, and as part of a request (a byte is sent, selected, its key turned off, a select, the byte read, the key turned on). The selects"
                + " of a turn are shared by its keys. The limit within one turn is what the contract asks of each of the two changes, to"
                + " refuse a key that is cancelled or an operation that its channel has not, and one atomic write, since any thread may make it; and the epoll_wait.";
    }

    @Override
    public String per() {
        return "off and on";
    }

    @Override
    public List<Block> blocks(Setting setting) {
        List<Block> blocks = new ArrayList<>();
        // the agent changes what follows a read, and here is none; it takes long to start
        List<Subject> main = setting.pick(MAIN, SUBJECTS);
        blocks.add(block(setting, SELECT_BETWEEN, new Task(Kind.INTEREST_SELECT_BETWEEN, KEYS, KEYS), main));
        if (!setting.quick()) {
            blocks.add(block(setting, WITHIN_TURN, new Task(Kind.INTEREST_WITHIN_TURN, KEYS, KEYS), Kind.INTEREST_WITHIN_TURN_LIMIT, main));
            blocks.add(block(setting, "within one turn, 1 key", new Task(Kind.INTEREST_WITHIN_TURN, 1, 1), Kind.INTEREST_WITHIN_TURN_LIMIT, MAIN));
            blocks.add(block(setting, "select between, 1 key", new Task(Kind.INTEREST_SELECT_BETWEEN, 1, 1), MAIN));
            blocks.add(block(setting, "from another thread, 1 key", new Task(Kind.INTEREST_OTHER_THREAD, 1, 1), MAIN));
            blocks.add(block(setting, "as part of a request, 64 keys", new Task(Kind.INTEREST_REQUEST, KEYS, KEYS), SUBJECTS));
        }
        return blocks;
    }
}
