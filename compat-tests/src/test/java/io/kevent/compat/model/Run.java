// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import io.kevent.compat.support.OpenFiles;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** One sequence of steps, done in two fresh worlds side by side. */
final class Run {

    /** The provider of the world that is compared with the JDK's. */
    private final SelectorProvider subject;
    private final Progress progress;
    private boolean first = true;

    Run(SelectorProvider subject, Progress progress) {
        this.subject = subject;
        this.progress = progress;
    }

    /** Does as many steps as wanted, drawn with a seed. */
    Verdict of(long seed, int steps) throws IOException {
        return in((reference, twin) -> {
            Generator generator = new Generator(reference, seed);
            int[] left = {steps};
            return compare(reference, twin, () -> left[0]-- > 0 ? generator.next() : null);
        });
    }

    /** Does given steps. */
    Verdict of(List<Step> steps) throws IOException {
        return in((reference, twin) -> {
            Iterator<Step> next = steps.iterator();
            return compare(reference, twin, () -> next.hasNext() ? next.next() : null);
        });
    }

    private Verdict in(BiFunction<World, World, Verdict> body) throws IOException {
        // the watchdog's interrupt ends one run only
        Thread.interrupted();
        Set<String> before = OpenFiles.list();
        Verdict verdict;
        try (World reference = new World(Providers.reference()); World twin = new World(subject)) {
            verdict = body.apply(reference, twin);
        }
        // the first time, what is made once for the process is made too
        Set<String> left = OpenFiles.list();
        left.removeAll(before);
        boolean grown = !first && OpenFiles.count() > before.size();
        first = false;
        if (!grown || verdict.kind() != Verdict.Kind.SAME) {
            return verdict;
        }
        // unless it is so each time somebody else has opened them in this JVM: whoever attaches to it, for one
        List<String> kinds = left.stream().map(entry -> entry.replaceAll("\\d+", "")).sorted().toList();
        return new Verdict(Verdict.Kind.DISTURBED, verdict.steps(), verdict.outcomes(), "left open when all is closed: " + kinds);
    }

    private Verdict compare(World reference, World twin, Supplier<Step> source) {
        Comparison comparison = new Comparison(reference, twin);
        List<Step> steps = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        for (Step step = source.get(); step != null; step = source.get()) {
            steps.add(step);
            progress.begins(step, steps);
            String found;
            try {
                String expected = step.outcome(reference);
                String actual = step.outcome(twin);
                outcomes.add(expected);
                found = Comparison.difference("outcome", expected, actual);
                found = found != null ? found : comparison.difference();
                if (found != null && comparison.isDisturbed()) {
                    return new Verdict(Verdict.Kind.DISTURBED, steps, outcomes, found);
                }
                found = found != null ? found : comparison.settle();
            } catch (AssertionError e) {
                found = e.toString();
            }
            if (found != null) {
                return new Verdict(Verdict.Kind.DIFFERENT, steps, outcomes, found);
            }
            reference.forgetOldKeys();
            twin.forgetOldKeys();
        }
        return new Verdict(Verdict.Kind.SAME, steps, outcomes, null);
    }

    /** Is told of each step before it is done. */
    interface Progress {
        void begins(Step step, List<Step> steps);
    }
}
