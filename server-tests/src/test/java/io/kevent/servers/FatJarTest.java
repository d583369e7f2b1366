// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** An application that is one jar, in front of which the agent's jar does not come: what both hold is taken from the application. */
class FatJarTest {

    @TempDir
    Path directory;

    @Test
    void applicationInOneJarRunsOnKevent() throws Exception {
        Application.compile(Map.of("app/Main.java", Application.MAIN), directory.resolve("app"));
        assertEquals(new Application.Result(List.of("null KeventSelector 1"), List.of()), run());
    }

    @Test
    void sameKeventInTheApplicationsJarIsNoTrouble() throws Exception {
        Application.compile(Map.of("app/Main.java", Application.MAIN), directory.resolve("app"));
        try (JarFile agent = new JarFile(System.getProperty("kevent.agent.jar"))) {
            for (JarEntry entry : agent.stream().filter(each -> each.getName().matches("io/kevent/(provider/.*)?\\w+\\.class")).toList()) {
                Path copy = directory.resolve("app").resolve(entry.getName());
                Files.createDirectories(copy.getParent());
                Files.copy(agent.getInputStream(entry), copy);
            }
        }
        assertEquals(new Application.Result(List.of("null KeventSelector 1"), List.of()), run());
    }

    @Test
    void otherKeventInTheApplicationsJarIsNamedAndTheJvmIsAsItWas() throws Exception {
        String other = "package io.kevent.provider; public class KeventSelectorProvider { }";
        Application.compile(Map.of("app/Main.java", Application.MAIN, "io/kevent/provider/KeventSelectorProvider.java", other),
                directory.resolve("app"));
        String sentence = "WARNING: kevent could not be installed: " + directory.resolve("app.jar") + " holds another version of kevent, which hides"
                + " that of the agent's jar: take it out, or use the agent of the same version; the JVM is as it was.";
        assertEquals(new Application.Result(List.of("null EPollSelectorImpl 1"), List.of(sentence.replaceAll("\\d+", "#"))), run());
    }

    private Application.Result run() throws IOException {
        Path jar = Application.jar(directory.resolve("app.jar"), Map.of("Main-Class", "app.Main"), directory.resolve("app"));
        List<String> arguments = new ArrayList<>(ServerJvm.agent());
        arguments.addAll(List.of("-jar", jar.toString()));
        return Application.run(arguments);
    }
}
