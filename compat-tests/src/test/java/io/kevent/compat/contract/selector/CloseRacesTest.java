// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.OpenFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Closing and cancelling while other threads register, change and select. */
class CloseRacesTest extends SelectorContract {

    /** JDK-8287580, mended in JDK 19: register throws what it should keep to itself. Ours must not on any JDK. */
    private static final boolean REGISTER_TELLS_OF_A_CANCEL = Runtime.version().feature() < 19
            && !"kevent".equals(System.getProperty("kevent.contract"));

    private static void race(Work first, Work second) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        BackgroundTask<Void> one = BackgroundTask.start(task(() -> {
            start.await();
            first.run();
        }));
        BackgroundTask<Void> two = BackgroundTask.start(task(() -> {
            start.await();
            second.run();
        }));
        one.result();
        two.result();
    }

    @Test
    void registerRacesWithTheCloseOfTheSelector() throws Exception {
        int before = OpenFiles.count();
        for (int i = 0; i < 200; i++) {
            Selector closing = Selector.open();
            try (DatagramChannel channel = DatagramChannel.open()) {
                channel.configureBlocking(false);
                // known to a selector before: JDK 17 stumbles over a channel that never was
                channel.register(i % 2 == 0 ? closing : selector, 0);
                race(() -> registerUnlessClosed(channel, closing), closing::close);
            }
        }
        selector.selectNow();
        assertEquals(before, OpenFiles.count());
    }

    @Test
    @Tag("kevent")
    void firstRegisterOfAChannelRacesWithTheCloseOfTheSelector() throws Exception {
        int before = OpenFiles.count();
        CyclicBarrier turn = new CyclicBarrier(2);
        Selector[] closing = new Selector[1];
        DatagramChannel[] channel = new DatagramChannel[1];
        int rounds = 20_000;
        BackgroundTask<Void> registering = BackgroundTask.start(task(() -> {
            for (int i = 0; i < rounds; i++) {
                turn.await();
                registerUnlessClosed(channel[0], closing[0]);
                turn.await();
            }
        }));
        for (int i = 0; i < rounds; i++) {
            closing[0] = Selector.open();
            channel[0] = DatagramChannel.open();
            channel[0].configureBlocking(false);
            turn.await();
            closing[0].close();
            turn.await();
            assertFalse(channel[0].isRegistered());
            channel[0].close();
        }
        registering.result();
        assertEquals(before, OpenFiles.count());
    }

    private static void registerUnlessClosed(DatagramChannel channel, Selector closing) throws IOException {
        try {
            channel.register(closing, OP_READ);
        } catch (ClosedSelectorException | CancelledKeyException e) {
            assertFalse(closing.isOpen());
        }
    }

    @Test
    void interestChangeRacesWithTheCloseOfTheSelector() throws Exception {
        for (int i = 0; i < 200; i++) {
            Selector closing = Selector.open();
            try (DatagramChannel channel = DatagramChannel.open()) {
                channel.configureBlocking(false);
                SelectionKey key = channel.register(closing, OP_READ);
                race(() -> changeUnlessCancelled(key), closing::close);
                assertFalse(key.isValid());
            }
        }
    }

    private static void changeUnlessCancelled(SelectionKey key) {
        try {
            key.interestOps(0);
            key.interestOpsOr(OP_WRITE);
        } catch (CancelledKeyException | ClosedSelectorException e) {
            // JDK 17 tells of the selector, later ones of the key
            assertFalse(key.selector().isOpen());
        }
    }

    @Test
    void closeOfTheChannelRacesWithTheSelectAndTheCloseOfTheSelector() throws Exception {
        int before = OpenFiles.count();
        for (int i = 0; i < 200; i++) {
            Selector closing = Selector.open();
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            pipe.source().register(closing, OP_READ);
            if (i % 2 == 0) {
                closing.selectNow();
            }
            race(pipe.source()::close, closing::close);
            pipe.sink().close();
        }
        assertEquals(before, OpenFiles.count());
    }

    @Test
    void keysCancelledWhileTheyAreBeingRegistered() throws Exception {
        Pipe pipe = pipe();
        pipe.source().register(selector, OP_READ).cancel();
        selector.selectNow();
        AtomicBoolean done = new AtomicBoolean();
        BackgroundTask<Void> canceller = BackgroundTask.start(task(() -> {
            while (!done.get()) {
                selector.keys().forEach(SelectionKey::cancel);
            }
        }));
        try {
            for (int i = 0; i < 20_000; i++) {
                registerAndCancel(pipe);
            }
        } finally {
            done.set(true);
        }
        canceller.result();
        selector.selectNow();
        assertTrue(selector.keys().isEmpty());
    }

    private void registerAndCancel(Pipe pipe) throws IOException {
        SelectionKey key;
        try {
            key = pipe.source().register(selector, OP_READ);
        } catch (CancelledKeyException e) {
            if (!REGISTER_TELLS_OF_A_CANCEL) {
                throw e;
            }
            selector.selectNow();
            return;
        }
        selector.selectNow();
        key.cancel();
        while (selector.keys().contains(key)) {
            selector.selectNow();
        }
    }

    @Test
    void channelsClosedByAnotherThreadDuringSelectsLeaveNothingBehind() throws Exception {
        int before = OpenFiles.count();
        AtomicBoolean done = new AtomicBoolean();
        BackgroundTask<Void> opener = BackgroundTask.start(task(() -> {
            for (int i = 0; i < 2_000; i++) {
                Pipe pipe = Pipe.open();
                pipe.source().configureBlocking(false);
                pipe.source().register(selector, OP_READ);
                pipe.sink().write(ByteBuffer.allocate(1));
                selector.wakeup();
                pipe.source().close();
                pipe.sink().close();
            }
            done.set(true);
            selector.wakeup();
        }));
        while (!done.get()) {
            selector.select(SHORT_MILLIS);
            selector.selectedKeys().clear();
        }
        opener.result();
        selector.selectNow();
        assertTrue(selector.keys().isEmpty());
        assertEquals(before, OpenFiles.count());
    }
}
