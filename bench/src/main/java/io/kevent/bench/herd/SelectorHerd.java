// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.herd;

import io.kevent.KeventOps;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;

/** Each thread has a selector of its own. */
final class SelectorHerd extends Herd {
    private final int options;

    SelectorHerd(int options) {
        this.options = options;
    }

    @Override
    Turn join(ServerSocketChannel listener) throws IOException {
        Selector selector = Selector.open();
        KeventOps.register(listener, selector, SelectionKey.OP_ACCEPT | options);
        return () -> {
            selector.select();
            woken();
            selector.selectedKeys().clear();
            accept(listener);
        };
    }
}
