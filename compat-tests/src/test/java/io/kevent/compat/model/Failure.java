// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

/** A run that found a difference, and what it takes to have it again. */
record Failure(long seed, int length, Verdict verdict) {

    /** What to tell the reader; {@code shortest} is the run of a shorter sequence of steps that shows a difference too, or null. */
    String message(Verdict shortest) {
        return "the two worlds differ, " + verdict.kind() + " at step " + (verdict.steps().size() - 1) + " of the run with seed " + seed + ": "
                + verdict.found() + "\nreplay it with\n  " + command()
                + "\nits last steps, with the outcomes of the JDK's selector:\n" + verdict.trace()
                + (shortest == null ? "" : "\na short sequence that differs:\n" + shortest.trace());
    }

    String command() {
        return "mvn -pl compat-tests -am test-compile surefire:test@default-test -Dtest=ModelTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -D" + Campaign.SEED + "=" + seed + " -D" + Campaign.STEPS + "=" + length;
    }
}
