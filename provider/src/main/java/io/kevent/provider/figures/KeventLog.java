// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.lang.System.Logger.Level;

/**
 * All that kevent says in the log of its JVM, to the {@code System.Logger} {@code io.kevent}: as much as an installer allows, and as that logger is set to
 * let through. The first use of a logger settles for the whole JVM who logs, which the application may want to choose: it is not looked for before there is
 * something to say. Any thread.
 */
public final class KeventLog {
    private static volatile Level least = Level.ALL;

    private KeventLog() { }

    /**
     * Has less be said from now on.
     *
     * @param level what is below it is not said; {@link Level#ALL}, as at first, leaves it to the logger
     */
    public static void limit(Level level) {
        least = level;
    }

    /**
     * Says something. Never throws: neither a selection nor who attaches must suffer from a logger that does not work. Then it is said on standard error.
     *
     * @param level how grave it is
     * @param sentence what an operator should know
     * @param cause what was thrown; null if nothing was
     */
    public static void log(Level level, String sentence, Throwable cause) {
        if (level.compareTo(least) >= 0) {
            try {
                System.getLogger("io.kevent").log(level, sentence, cause);
            } catch (RuntimeException | Error e) {
                System.err.println(sentence + " This could not be logged: " + e);
            }
        }
    }
}
