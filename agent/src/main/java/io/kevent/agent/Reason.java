// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.util.Objects;

/** Why something failed, to stand in a sentence. */
final class Reason {
    /** Further down a chain of causes nothing is told that an operator can use. */
    private static final int CAUSES = 4;

    private Reason() { }

    /** What was thrown and what caused it, in one line; a cause whose words were said already is not said again. */
    static String of(Throwable failure) {
        StringBuilder reason = new StringBuilder(firstLine(Objects.requireNonNullElse(failure.getMessage(), failure.toString())));
        Throwable cause = failure.getCause();
        for (int i = 0; i < CAUSES && cause != null; i++) {
            String words = firstLine(Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
            if (reason.indexOf(words) < 0) {
                // what is no sentence of ours tells little without its kind
                reason.append(", because ").append(firstLine(cause.toString()));
            }
            cause = cause.getCause();
        }
        return reason.toString();
    }

    /** The JVM tells of a class that it refuses on a page. */
    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
