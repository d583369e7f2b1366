// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.KeventOps;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Reads by a selector, level-triggered or with an option. */
final class SelectorReader extends LoopReader {
    private final int options;
    private Selector selector;

    SelectorReader(int options) {
        this.options = options;
    }

    @Override
    void register(SocketChannel[] channels) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < channels.length; i++) {
            KeventOps.register(channels[i], selector, SelectionKey.OP_READ | options, i);
        }
    }

    @Override
    void turn() throws IOException {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
            read((SocketChannel) key.channel(), (Integer) key.attachment());
        }
        selector.selectedKeys().clear();
    }
}
