// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The channel that a JVM inherits as its standard input. Java cannot start a process with a socket there, so Python does it for the tests that need one;
 * where it is missing those are left out.
 */
class InheritedChannelTest {

    /** The start of each script: makes the socket {@code s} the standard input of the command that follows the script's own arguments. */
    private static final String RUN = "; sys.exit(subprocess.call(sys.argv[2:], stdin=s))";
    private static final String IMPORT = "import socket, subprocess, sys; ";
    private static final byte[] MESSAGE = {'k', 'e', 'v', 'e', 'n', 't'};

    @TempDir
    private Path directory;

    private Process process;
    private BufferedReader says;

    @AfterEach
    void end() throws Exception {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            assertTrue(process.waitFor(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS), "the child ends");
        }
    }

    @Test
    void pipeIsNoChannel() throws Exception {
        start(childCommand());
        assertSays("none");
        assertEnds();
    }

    @Test
    void connectedSocketIsInherited() throws Exception {
        try (ServerSocketChannel listener = LoopbackPair.listen()) {
            String port = String.valueOf(listener.socket().getLocalPort());
            startInheriting("s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))", port);
            BackgroundTask<SocketChannel> accepting = BackgroundTask.start(listener::accept);
            assertSaysProvider();
            assertSays("connected");
            try (SocketChannel peer = accepting.result()) {
                exchange(peer);
            }
            assertEnds();
        }
    }

    @Test
    void unixSocketIsInherited() throws Exception {
        Path path = directory.resolve("socket");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path))) {
            startInheriting("s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])", path.toString());
            BackgroundTask<SocketChannel> accepting = BackgroundTask.start(listener::accept);
            assertSaysProvider();
            assertSays("connected");
            try (SocketChannel peer = accepting.result()) {
                exchange(peer);
            }
            assertEnds();
        }
    }

    @Test
    void listenerIsInherited() throws Exception {
        startInheriting("s = socket.socket(); s.bind((sys.argv[1], 0)); s.listen(5)", "127.0.0.1");
        assertSaysProvider();
        try (SocketChannel client = SocketChannel.open(addressSaidAfter("listening "))) {
            exchange(client);
        }
        assertEnds();
    }

    @Test
    void datagramSocketIsInherited() throws Exception {
        // a JDK that may use IPv6 takes an inherited datagram socket for one of IPv6, whichever it is
        startInheriting("s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); s.bind((sys.argv[1], 0))", "::ffff:127.0.0.1");
        assertSaysProvider();
        try (DatagramChannel client = DatagramChannel.open().connect(addressSaidAfter("receiving "))) {
            client.write(ByteBuffer.wrap(MESSAGE));
            client.socket().setSoTimeout((int) Waiting.LIMIT.toMillis());
            byte[] answer = new byte[MESSAGE.length];
            client.socket().receive(new DatagramPacket(answer, answer.length));
            assertArrayEquals(MESSAGE, answer);
        }
        assertEnds();
    }

    private static void exchange(SocketChannel channel) throws Exception {
        channel.write(ByteBuffer.wrap(MESSAGE));
        channel.shutdownOutput();
        ByteBuffer answer = ByteBuffer.allocate(100);
        BackgroundTask<Integer> reading = BackgroundTask.start(() -> {
            int n = channel.read(answer);
            while (n >= 0) {
                n = channel.read(answer);
            }
            return answer.position();
        });
        assertEquals(MESSAGE.length, reading.result());
        assertEquals(ByteBuffer.wrap(MESSAGE), answer.flip());
    }

    private void startInheriting(String socketScript, String argument) throws Exception {
        assumeTrue(hasPython(), "python3, which hands a socket to the child as its standard input, is not there");
        List<String> command = new ArrayList<>(List.of("python3", "-c", IMPORT + socketScript + RUN, argument));
        command.addAll(childCommand());
        start(command);
    }

    private void start(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        says = process.inputReader();
    }

    private static List<String> childCommand() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String provider = System.getProperty("java.nio.channels.spi.SelectorProvider");
        if (provider != null) {
            command.add("-Djava.nio.channels.spi.SelectorProvider=" + provider);
            command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(InheritedChannelProgram.class.getName());
        return command;
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            Process python = new ProcessBuilder("python3", "-c", "import socket").redirectErrorStream(true).start();
            return python.waitFor(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS) && python.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void assertSaysProvider() throws Exception {
        assertSays("provider in use");
        assertSays("same again");
    }

    private void assertSays(String expected) throws Exception {
        assertEquals(expected, nextLine());
    }

    private InetSocketAddress addressSaidAfter(String prefix) throws Exception {
        String line = nextLine();
        assertTrue(line != null && line.startsWith(prefix), () -> "says " + line);
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(line.substring(prefix.length())));
    }

    private String nextLine() throws Exception {
        return BackgroundTask.start(says::readLine).result();
    }

    private void assertEnds() throws Exception {
        assertTrue(process.waitFor(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS), "the child ends");
        assertEquals(0, process.exitValue());
    }
}
