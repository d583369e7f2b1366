// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** Each test of a class runs against a server with one selector and against one with four; the server lives as long as the class. */
@ParameterizedClass(name = "{0} selectors")
@ValueSource(ints = {1, 4})
abstract class JettyTestCase {
    @TempDir
    static Path directory;

    static TestCertificate certificate;
    static ServerProcess server;
    /** Before the first connection. */
    static int descriptorsAtStart;

    @Parameter
    int selectors;

    @BeforeParameterizedClassInvocation
    static void startServer(int selectors) throws IOException, InterruptedException {
        certificate = TestCertificate.create(Files.createTempDirectory(directory, "tls"));
        server = ServerProcess.start(NioProvider.underTest(), selectors, certificate.keystore(), List.of());
        descriptorsAtStart = openDescriptors();
    }

    @AfterParameterizedClassInvocation
    static void stopServer() throws IOException {
        server.close();
    }

    /** Something that becomes true by the server's own progress. */
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Asks again and again, each time a round trip to the server, for at most 30 seconds. */
    static void await(String what, Condition condition) throws IOException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > Duration.ofSeconds(30).toNanos()) {
                fail("not within 30 seconds: " + what + "; the server says " + server.ask("progress") + " " + server.ask("census"));
            }
        }
    }

    static long progress(String name) throws IOException {
        return Long.parseLong(server.ask("progress").get(name));
    }

    static int openDescriptors() throws IOException {
        return Integer.parseInt(server.ask("census").get("descriptors"));
    }

    static void assertServes() throws IOException {
        try (RawHttp client = new RawHttp(server.address())) {
            client.get("/hello/again");
            assertTrue(Arrays.equals(Bodies.hello("again"), client.answer().body()), "the server answers a new client");
        }
    }
}
