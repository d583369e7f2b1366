// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One line updated in place on a terminal; elsewhere, in a log say, only the line that closes each step. */
final class Progress {
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;

    Progress(PrintStream out) {
        this.out = out;
        this.terminal = isTerminal();
    }

    private static boolean isTerminal() {
        try {
            // System.console() needs a terminal as input too, and from JDK 22 on is there without one
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return (target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")) && !"dumb".equals(System.getenv("TERM"));
        } catch (IOException e) {
            return false;
        }
    }

    void now(String text) {
        if (terminal) {
            out.print(ERASE_LINE + "  " + text);
            out.flush();
        }
    }

    /** A step that is over: a line in a log, on a terminal soon replaced by the next. */
    void done(String text) {
        if (terminal) {
            now(text);
        } else {
            out.println("  " + text);
        }
    }

    void clear() {
        if (terminal) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }
}
