// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The logging of the JVM, which is started by the first who logs. */
class LoggingTest {
    /** As WildFly does: it names its own log manager before it logs, and does not start where another is there already. */
    private static final String MAIN = """
            package app;
            import java.nio.channels.Selector;
            import java.util.logging.LogManager;
            public final class Main {
                public static final class Manager extends LogManager { }
                public static void main(String[] args) throws Exception {
                    System.setProperty("java.util.logging.manager", Manager.class.getName());
                    System.out.println(LogManager.getLogManager().getClass().getSimpleName() + " " + Selector.open().getClass().getSimpleName());
                }
            }
            """;

    @Test
    void agentThatIsToLogNothingLeavesTheChoiceOfTheLogManagerToTheApplication(@TempDir Path directory) throws Exception {
        Application.compile(Map.of("app/Main.java", MAIN), directory.resolve("app"));
        List<String> arguments = List.of(ServerJvm.agent().get(0) + "=log=off", "-cp", directory.resolve("app").toString(), "app.Main");
        assertEquals(new Application.Result(List.of("Manager KeventSelector"), List.of()), Application.run(arguments));
    }
}
