// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.OpenFiles;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Open, register, cancel and close in each order that makes sense, many times over: no descriptor stays behind. */
class DescriptorAccountingTest {

    private static final int ROUNDS = 500;

    /** What happens to a registered channel and its selector until both are gone. */
    private enum Order {
        CLOSE_SELECT {
            @Override
            void run(SelectableChannel channel, Selector selector, SelectionKey key) throws IOException {
                channel.close();
                selector.selectNow();
                selector.close();
            }
        },
        CANCEL_SELECT_CLOSE {
            @Override
            void run(SelectableChannel channel, Selector selector, SelectionKey key) throws IOException {
                key.cancel();
                selector.selectNow();
                channel.close();
                selector.close();
            }
        },
        CANCEL_CLOSE_SELECT {
            @Override
            void run(SelectableChannel channel, Selector selector, SelectionKey key) throws IOException {
                key.cancel();
                channel.close();
                selector.selectNow();
                selector.close();
            }
        },
        CANCEL_CLOSE_WITHOUT_SELECT {
            @Override
            void run(SelectableChannel channel, Selector selector, SelectionKey key) throws IOException {
                key.cancel();
                channel.close();
                selector.close();
            }
        },
        SELECTOR_FIRST {
            @Override
            void run(SelectableChannel channel, Selector selector, SelectionKey key) throws IOException {
                selector.close();
                channel.close();
            }
        },
        SELECT_CLOSE_SELECTOR {
            @Override
            void run(SelectableChannel channel, Selector selector, SelectionKey key) throws IOException {
                selector.selectNow();
                channel.close();
                selector.close();
            }
        },
        CANCEL_SELECTOR_FIRST {
            @Override
            void run(SelectableChannel channel, Selector selector, SelectionKey key) throws IOException {
                selector.selectNow();
                key.cancel();
                selector.close();
                channel.close();
            }
        },
        REGISTER_AGAIN {
            @Override
            void run(SelectableChannel channel, Selector selector, SelectionKey key) throws IOException {
                selector.selectNow();
                key.cancel();
                selector.selectNow();
                channel.register(selector, channel.validOps());
                selector.selectNow();
                channel.close();
                selector.selectNow();
                selector.close();
            }
        },
        TWO_SELECTORS {
            @Override
            void run(SelectableChannel channel, Selector selector, SelectionKey key) throws IOException {
                try (Selector second = Selector.open()) {
                    channel.register(second, channel.validOps());
                    selector.selectNow();
                    second.selectNow();
                    channel.close();
                    selector.close();
                }
            }
        };

        abstract void run(SelectableChannel channel, Selector selector, SelectionKey key) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void socketLeavesNoDescriptor(Order order) throws Exception {
        try (ServerSocketChannel listener = LoopbackPair.listen()) {
            untilAllIsBack(() -> {
                try (LoopbackPair pair = LoopbackPair.open(listener)) {
                    live(pair.near(), order);
                    // no port is left waiting for the end of the connection
                    pair.resetFar();
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void unconnectedSocketLeavesNoDescriptor(Order order) throws Exception {
        untilAllIsBack(() -> live(nonBlocking(SocketChannel.open()), order));
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void listenerLeavesNoDescriptor(Order order) throws Exception {
        untilAllIsBack(() -> live(nonBlocking(LoopbackPair.listen()), order));
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void datagramChannelLeavesNoDescriptor(Order order) throws Exception {
        untilAllIsBack(() -> live(nonBlocking(DatagramChannel.open().bind(LoopbackPair.anyPort())), order));
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void pipeLeavesNoDescriptor(Order order) throws Exception {
        untilAllIsBack(() -> {
            Pipe pipe = Pipe.open();
            live(nonBlocking(pipe.sink()), order);
            live(nonBlocking(pipe.source()), order);
        });
    }

    @Test
    void selectorLeavesNoDescriptor() throws Exception {
        untilAllIsBack(() -> {
            try (Selector selector = Selector.open()) {
                selector.wakeup();
                selector.selectNow();
            }
        });
    }

    @Test
    void oneSelectorSeesManyChannelsComeAndGo() throws Exception {
        try (Selector selector = Selector.open()) {
            selector.selectNow();
            untilAllIsBack(() -> {
                Pipe pipe = Pipe.open();
                nonBlocking(pipe.source()).register(selector, SelectionKey.OP_READ);
                nonBlocking(pipe.sink()).register(selector, SelectionKey.OP_WRITE);
                assertEquals(1, selector.selectNow());
                pipe.sink().close();
                selector.selectNow();
                pipe.source().close();
                selector.selectNow();
                assertTrue(selector.keys().isEmpty());
            });
        }
    }

    private static void live(SelectableChannel channel, Order order) throws IOException {
        Selector selector = Selector.open();
        order.run(channel, selector, channel.register(selector, channel.validOps()));
    }

    private static void untilAllIsBack(Round round) throws Exception {
        // what the JDK opens once for all is open after the first round
        round.run();
        TreeSet<String> before = OpenFiles.list();
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        OpenFiles.untilBackTo(before);
    }

    private static SelectableChannel nonBlocking(SelectableChannel channel) throws IOException {
        return channel.configureBlocking(false);
    }

    private interface Round {
        void run() throws IOException;
    }
}
