// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Leaves out steps of a sequence as long as what is left still shows a difference. */
final class Shrinker {

    private final Run run;
    private final long end;

    /** Tries for at most some seconds. */
    Shrinker(Run run, long seconds) {
        this.run = run;
        this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** The run of the shortest sequence found, or null where the steps do not show the difference again. */
    Verdict shrink(List<Step> steps) throws IOException {
        Verdict shortest = different(steps);
        if (shortest == null) {
            return null;
        }
        for (int chunk = Math.max(1, steps.size() / 2); chunk > 0; chunk /= 2) {
            boolean again = true;
            while (again) {
                again = false;
                for (int from = 0; from < shortest.steps().size(); ) {
                    Verdict shorter = different(without(shortest.steps(), from, chunk));
                    if (shorter == null) {
                        from += chunk;
                    } else {
                        shortest = shorter;
                        again = chunk == 1;
                    }
                    if (System.nanoTime() - this.end > 0) {
                        return shortest;
                    }
                }
            }
        }
        return shortest;
    }

    private Verdict different(List<Step> steps) throws IOException {
        Verdict verdict = run.of(steps);
        return verdict.kind() == Verdict.Kind.DIFFERENT ? verdict : null;
    }

    private static List<Step> without(List<Step> steps, int from, int count) {
        List<Step> left = new ArrayList<>(steps.subList(0, from));
        left.addAll(steps.subList(Math.min(from + count, steps.size()), steps.size()));
        return left;
    }
}
