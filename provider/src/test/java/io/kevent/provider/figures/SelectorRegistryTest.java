// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import io.kevent.KeventOps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SelectorRegistryTest {
    private final List<SelectableChannel> channels = new ArrayList<>();
    private WatchedSelector watched;

    @BeforeEach
    void open() throws IOException {
        watched = new WatchedSelector();
    }

    @AfterEach
    void close() throws IOException {
        watched.close();
        for (SelectableChannel channel : channels) {
            channel.close();
        }
    }

    private <T extends SelectableChannel> T register(T channel, int ops) throws IOException {
        channels.add(channel);
        channel.configureBlocking(false);
        KeventOps.register(channel, watched.selector, ops);
        return channel;
    }

    private static boolean shows(String name) {
        return SelectorRegistry.snapshot().stream().anyMatch(figures -> figures.name().equals(name));
    }

    @Test
    void openSelectorIsShown() {
        SelectorFigures figures = watched.figures();
        assertEquals("kevent", figures.kind());
        assertTrue(figures.ageMillis() >= 0);
        assertTrue(figures.openedMillis() <= System.currentTimeMillis());
    }

    @Test
    void closedSelectorIsNot() throws IOException {
        String name = watched.selector.toString();
        watched.close();
        assertFalse(shows(name));
    }

    @Test
    void selectorsAreShownOldestFirst() throws IOException {
        try (WatchedSelector younger = new WatchedSelector()) {
            List<SelectorFigures> all = SelectorRegistry.snapshot();
            assertTrue(all.indexOf(find(all, watched)) < all.indexOf(find(all, younger)));
            assertTrue(watched.figures().id() < younger.figures().id());
        }
    }

    private static SelectorFigures find(List<SelectorFigures> all, WatchedSelector one) {
        return all.stream().filter(figures -> figures.name().equals(one.selector.toString())).findFirst().orElseThrow();
    }

    @Test
    void lostSelectorIsCollected() throws Exception {
        WatchedSelector lost = new WatchedSelector();
        String name = lost.selector.toString();
        assertTrue(shows(name));
        lost.pipe.sink().close();
        lost = null;
        for (int i = 0; i < 100 && shows(name); i++) {
            System.gc();
        }
        assertFalse(shows(name), "held by the registry");
    }

    @Test
    void selectsAndEventsAreCounted() throws IOException {
        watched.write();
        assertEquals(1, watched.selector.selectNow(key -> { }));
        watched.read();
        assertEquals(0, watched.selector.selectNow());
        SelectorCounts counts = watched.counts();
        assertEquals(2, counts.selects());
        assertEquals(1, counts.events());
        assertEquals(0.5, counts.eventsPerSelect());
        assertEquals(2, counts.polls());
        assertEquals(0, counts.waits());
    }

    @Test
    void selectThatThrowsIsCounted() throws IOException {
        watched.write();
        IllegalStateException thrown = new IllegalStateException("by the action");
        try {
            watched.selector.selectNow(key -> {
                throw thrown;
            });
        } catch (IllegalStateException e) {
            assertEquals(thrown, e);
        }
        assertEquals(1, watched.counts().selects());
        assertFalse(watched.figures().thread().selecting());
    }

    @Test
    void registrationInterestAndCancellationAreChangesAskedFor() throws IOException {
        watched.selector.selectNow();
        watched.key.interestOps(0);
        watched.key.interestOps(0);
        watched.key.interestOps(SelectionKey.OP_READ);
        watched.selector.selectNow();
        assertEquals(3, watched.counts().changesAsked());
        assertEquals(1, watched.counts().changesMade());
        watched.key.cancel();
        watched.selector.selectNow();
        assertEquals(4, watched.counts().changesAsked());
        assertEquals(2, watched.counts().changesMade());
    }

    @Test
    void wakeupsAreCounted() {
        watched.selector.wakeup().wakeup();
        assertEquals(2, watched.counts().wakeupsAsked());
        assertEquals(0, watched.counts().wakeupsEntered());
    }

    @Test
    void keysAreCountedByChannelAndInterest(@TempDir Path directory) throws IOException {
        register(SocketChannel.open(), SelectionKey.OP_CONNECT);
        register(ServerSocketChannel.open(), SelectionKey.OP_ACCEPT | KeventOps.OP_WAKE_ONE)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        register(ServerSocketChannel.open(StandardProtocolFamily.UNIX), SelectionKey.OP_ACCEPT)
                .bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
        register(SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("socket"))), SelectionKey.OP_READ);
        register(DatagramChannel.open(), SelectionKey.OP_READ | KeventOps.OP_EDGE);
        register(DatagramChannel.open(), SelectionKey.OP_READ | KeventOps.OP_EDGE);
        SelectorFigures figures = watched.figures();
        assertEquals(7, figures.keyCount());
        assertEquals(List.of(new KeyFigures("datagram", "OP_READ | OP_EDGE", 2), new KeyFigures("pipe", "OP_READ", 1),
                new KeyFigures("tcp", "OP_CONNECT", 1), new KeyFigures("tcp-listener", "OP_ACCEPT | OP_WAKE_ONE", 1),
                new KeyFigures("unix", "OP_READ", 1), new KeyFigures("unix-listener", "OP_ACCEPT", 1)), figures.keys());
    }

    @Test
    void keyOfAClosedChannelIsShownAsSuchUntilItIsLetGo() throws IOException {
        watched.pipe.source().close();
        assertEquals("closed", watched.figures().keys().get(0).channel());
        watched.selector.selectNow();
        assertEquals(List.of(), watched.figures().keys());
    }

    @Test
    void selectorThatNobodySelectedHasNoThread() {
        assertNull(watched.figures().thread());
    }

    @Test
    void threadInsideASelectIsShownWithItsStack() throws IOException {
        List<ThreadFigures> seen = new ArrayList<>();
        watched.write();
        watched.selector.select(key -> seen.add(watched.figures().thread()));
        ThreadFigures thread = seen.get(0);
        assertTrue(thread.selecting());
        assertEquals(Thread.currentThread().getName(), thread.name());
        assertTrue(thread.stack().stream().anyMatch(frame -> frame.contains("KeventSelector.select")), () -> thread.stack().toString());
    }

    @Test
    void threadThatWasTheLastToSelectIsShown() throws IOException {
        watched.selector.selectNow();
        ThreadFigures thread = watched.figures().thread();
        assertFalse(thread.selecting());
        assertTrue(thread.stack().stream().anyMatch(frame -> frame.contains("SelectorRegistryTest")), () -> thread.stack().toString());
    }

    @Test
    void threadThatHasEndedIsNotShown() throws Exception {
        Thread selecting = new Thread(() -> {
            try {
                watched.selector.selectNow();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        selecting.start();
        selecting.join();
        assertEquals(1, watched.counts().selects());
        assertNull(watched.figures().thread());
    }

    @Test
    void selectorWhoseLockIsHeldCanBeLookedAt() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        synchronized (watched.selector) {
            Thread looking = new Thread(() -> {
                watched.figures();
                looked.countDown();
            });
            looking.start();
            looking.join(60_000);
            assertEquals(0, looked.getCount(), "waits for the selector's lock");
        }
    }
}
