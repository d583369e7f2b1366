// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The parent's side of {@link SeedMain}. */
final class SeedJvm {
    private static final double PATIENCE_SECONDS = 60;
    /** What each end of a pair costs. */
    private static final double SECONDS_PER_PAIR = 2e-4;

    private final Subject subject;
    private final int pairs;
    private final boolean inTurns;
    private final Setting setting;
    private ChildJvm child;

    /**
     * Prepares.
     *
     * @param subject who reads
     * @param pairs how many pairs there are
     * @param inTurns whether one thread writes and reads in turns
     * @param setting for how long
     */
    SeedJvm(Subject subject, int pairs, boolean inTurns, Setting setting) {
        this.subject = subject;
        this.pairs = pairs;
        this.inTurns = inTurns;
        this.setting = setting;
    }

    Subject subject() {
        return subject;
    }

    boolean inTurns() {
        return inTurns;
    }

    Setting setting() {
        return setting;
    }

    /** How long starting it takes, about. */
    double secondsToStart() {
        return subject.secondsToStart() + pairs * SECONDS_PER_PAIR + setting.warmUp();
    }

    /** Starts it behind a wrapper, and returns when it is warm. */
    void start(List<String> wrapper) throws IOException, InterruptedException {
        child = ChildJvm.start(subject, wrapper, SeedMain.class, subject.name(), Integer.toString(pairs), nanos(setting.warmUp()), Boolean.toString(inTurns));
        child.figures(PATIENCE_SECONDS);
    }

    long pid() {
        return child.pid();
    }

    /** Has it read events for so many seconds; returns what came to pass. */
    Map<String, Double> ask(double seconds) throws IOException, InterruptedException {
        begin(seconds);
        return answer(seconds);
    }

    /** Has it read events for so many seconds; {@link #answer} must follow. */
    void begin(double seconds) throws IOException {
        child.tell(nanos(seconds));
    }

    /** Waits until they are over; returns what came to pass. */
    Map<String, Double> answer(double seconds) throws IOException, InterruptedException {
        Map<String, Double> figures = child.figures(seconds + PATIENCE_SECONDS);
        if (figures.get("events") == 0) {
            throw new IOException("no event came");
        }
        return figures;
    }

    private static String nanos(double seconds) {
        return Long.toString(Math.round(seconds * 1e9));
    }

    void close() throws IOException {
        if (child != null) {
            child.close();
        }
    }
}
