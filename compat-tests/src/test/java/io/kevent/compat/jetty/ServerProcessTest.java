// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
            "-Dkevent.jetty=" + NioProvider.underTest(), "-Djava.io.tmpdir=" + directory, "-cp", System.getProperty("java.class.path"),
            Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader lines = parent.inputReader(StandardCharsets.UTF_8)) {
            InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(lines.readLine()));
            try (RawHttp client = new RawHttp(server)) {
                client.get("/hello/orphan");
                assertArrayEquals(Bodies.hello("orphan"), client.answer().body());
                parent.destroyForcibly();
                // a time-out would be a SocketTimeoutException, which is neither
                IOException end = assertThrows(IOException.class, client::answer);
                assertTrue(end instanceof EOFException || end instanceof SocketException, end.toString());
            }
        } finally {
            parent.destroyForcibly();
        }
    }
}
