// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.JettyProgram;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Jetty 12.0, in the place of 12.1. */
class PreviousJettyTest extends ServerContract {
    PreviousJettyTest() {
        super(JettyProgram.class, List.of(), classPath());
    }

    @Test
    void itIsReallyThatVersion() throws Exception {
        assertTrue(underAgent().errorOutput().stream().anyMatch(line -> line.startsWith("INFO: jetty-12.0.")),
                "Jetty tells another version of itself");
    }

    private static String classPath() {
        String others = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("jetty-")).collect(Collectors.joining(File.pathSeparator));
        return others + File.pathSeparator + Path.of(System.getProperty("kevent.jetty.previous"), "*");
    }
}
