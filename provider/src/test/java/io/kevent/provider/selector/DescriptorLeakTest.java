// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.KeventOps;
import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.CountingKernel;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.kernel.Kernel;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Selectors give back every descriptor that they took. */
class DescriptorLeakTest {
    private static final int ROUNDS = 200;

    /** What the JDK opens once for itself must not be counted. */
    @BeforeAll
    static void openEverythingOnce() throws IOException {
        useSelector(JdkKernel.INSTANCE);
        openDescriptors();
    }

    /** What the process has open, without what comes and goes with the looking. */
    private static List<String> openDescriptors() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            return entries.map(DescriptorLeakTest::target).filter(DescriptorLeakTest::isOurs).sorted().collect(Collectors.toList());
        }
    }

    private static String target(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException e) {
            // closed since it was listed
            return "";
        }
    }

    private static boolean isOurs(String target) {
        return target.startsWith("socket:") || target.startsWith("anon_inode:");
    }

    private static KeventSelector open(Kernel kernel) throws IOException {
        return new KeventSelector(SelectorProvider.provider(), kernel);
    }

    private static void useSelector(Kernel kernel) throws IOException {
        try (KeventSelector selector = open(kernel); DatagramChannel channel = DatagramChannel.open()) {
            channel.configureBlocking(false);
            KeventOps.register(channel, selector, OP_READ | OP_WRITE | OP_EDGE);
            selector.selectNow();
            selector.wakeup();
        }
    }

    @Test
    void closedSelectorsLeaveNothingOpen() throws IOException {
        List<String> before = openDescriptors();
        for (int i = 0; i < ROUNDS; i++) {
            useSelector(JdkKernel.INSTANCE);
        }
        assertEquals(before, openDescriptors());
    }

    @Test
    void selectorsClosedTwiceLeaveNothingOpen() throws IOException {
        List<String> before = openDescriptors();
        KeventSelector selector = open(JdkKernel.INSTANCE);
        selector.close();
        selector.close();
        assertEquals(before, openDescriptors());
    }

    @Test
    void selectorsThatCouldNotBeOpenedLeaveNothingOpen() throws IOException {
        CountingKernel refusing = new CountingKernel(JdkKernel.INSTANCE);
        List<String> before = openDescriptors();
        for (int i = 0; i < ROUNDS; i++) {
            refusing.failNext(i % 2 == 0 ? Call.OPEN_DOORBELL : Call.OPEN_ENGINE);
            assertThrows(IOException.class, () -> open(refusing));
        }
        assertEquals(before, openDescriptors());
    }

    @Test
    void engineThatGetsNoMemoryLeavesNothingOpen() throws IOException {
        List<String> before = openDescriptors();
        // less than nothing is refused, as it would be if there was no memory left
        assertThrows(RuntimeException.class, () -> JdkKernel.INSTANCE.openEngine(-1));
        assertEquals(before, openDescriptors());
    }

    @Test
    void secondEngineThatIsRefusedLeavesNothingOpen() throws IOException {
        CountingKernel refusing = new CountingKernel(JdkKernel.INSTANCE);
        List<String> before = openDescriptors();
        for (int i = 0; i < ROUNDS; i++) {
            refusing.failAfter(Call.ADD, 1);
            assertThrows(IOException.class, () -> useSelector(refusing));
        }
        assertEquals(before, openDescriptors());
    }

    @Test
    void channelClosedWhileRegisteredIsReleasedByTheNextSelect() throws IOException {
        try (KeventSelector selector = open(JdkKernel.INSTANCE)) {
            List<String> before = openDescriptors();
            for (int i = 0; i < ROUNDS; i++) {
                DatagramChannel channel = DatagramChannel.open();
                channel.configureBlocking(false);
                channel.register(selector, OP_READ);
                selector.selectNow();
                channel.close();
                selector.selectNow();
            }
            assertEquals(before, openDescriptors());
        }
    }

    @Test
    void channelClosedWhileRegisteredIsReleasedByTheCloseOfTheSelector() throws IOException {
        List<String> before = openDescriptors();
        for (int i = 0; i < ROUNDS; i++) {
            KeventSelector selector = open(JdkKernel.INSTANCE);
            DatagramChannel channel = DatagramChannel.open();
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, OP_READ);
            key.channel().close();
            selector.close();
        }
        assertEquals(before, openDescriptors());
    }
}
