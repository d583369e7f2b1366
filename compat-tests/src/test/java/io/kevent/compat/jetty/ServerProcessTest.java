// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.fail;

class ServerProcessTest {
    /** Starts a server, tells its port, and waits to be killed. */
    static final class Parent {
        private Parent() { }

        public static void main(String[] args) throws IOException {
            ServerProcess server = ServerProcess.start(NioProvider.underTest(), 1, null, List.of());
            System.out.println(server.address().getPort());
            System.in.read();
        }
    }

    /** For what a killed parent leaves behind. */
    @TempDir
    Path directory;

    @Test
    void serverEndsWhenItsParentIsKilled() throws IOException {
        Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dkevent.jetty=" + NioProvider.underTest(), "-Djava.io.tmpdir=" + directory, "-cp", System.getProperty("java.class.path"), Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader lines = parent.inputReader(StandardCharsets.UTF_8)) {
            InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(lines.readLine()));
            new RawHttp(server).close();
            parent.destroyForcibly();
            long start = System.nanoTime();
            while (accepts(server)) {
                if (System.nanoTime() - start > Duration.ofSeconds(30).toNanos()) {
                    fail("the server still accepts connections 30 seconds after its parent died");
                }
            }
        } finally {
            parent.destroyForcibly();
        }
    }

    private static boolean accepts(InetSocketAddress server) throws IOException {
        try {
            new RawHttp(server).close();
            return true;
        } catch (ConnectException refused) {
            return false;
        }
    }
}
