// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** An application that is a named module: the JVM then has only those modules of the JDK that it requires. */
class NamedModuleTest {

    @Test
    void moduleThatRequiresNothingRunsOnKevent(@TempDir Path directory) throws Exception {
        Path module = directory.resolve("module");
        Application.compile(Map.of("module-info.java", "module app { }", "app/Main.java", Application.MAIN), module);
        List<String> arguments = new ArrayList<>(ServerJvm.agent());
        arguments.addAll(List.of("-p", module.toString(), "-m", "app/app.Main"));
        assertEquals(new Application.Result(List.of("app KeventSelector 1"), List.of()), Application.run(arguments));
    }
}
