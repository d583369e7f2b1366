// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.util.List;

/** What came of a run: its steps, the reference's outcome of each, and the difference found after the last. */
record Verdict(Kind kind, List<Step> steps, List<String> outcomes, String found) {

    enum Kind {
        SAME,
        DIFFERENT,
        /** The worlds differ, but the kernel delivered something during the step, be it because of the step itself, so that they may. */
        DISTURBED
    }

    private static final int LAST = 40;

    /** The last steps with their outcomes. */
    String trace() {
        StringBuilder text = new StringBuilder();
        for (int i = Math.max(0, steps.size() - LAST); i < steps.size(); i++) {
            String outcome = i < outcomes.size() ? outcomes.get(i) : "?";
            if (!outcome.equals(Step.SKIPPED)) {
                text.append("  ").append(i).append(": ").append(steps.get(i)).append(" -> ").append(outcome).append('\n');
            }
        }
        return text.append("  ").append(found).toString();
    }
}
