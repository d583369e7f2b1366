// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.logging.LogManager;

/** Chooses who logs when it begins, as some servers do. */
final class LogManagerProgram {
    /** What stands before that which this program says. */
    static final String MARK = "program: ";

    private LogManagerProgram() { }

    /** Found by its name. */
    public static final class Chosen extends LogManager {

        public Chosen() {
            System.out.println(MARK + "log manager made");
        }
    }

    public static void main(String[] args) throws IOException {
        System.out.println(MARK + "main");
        System.setProperty("java.util.logging.manager", Chosen.class.getName());
        try (Selector selector = Selector.open()) {
            System.out.println(MARK + selector.getClass().getSimpleName());
        }
        String manager = LogManager.getLogManager().getClass().getName();
        System.out.println(MARK + manager.substring(manager.lastIndexOf('.') + 1));
    }
}
