// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Connections come to a selector, and go. */
final class ChurnWorkload extends ConnectionWorkload {
    private Selector selector;

    ChurnWorkload(int others) {
        super(others);
    }

    @Override
    void begin() throws IOException {
        selector = Selector.open();
    }

    @Override
    void watch(SocketChannel connection) throws IOException {
        connection.register(selector, SelectionKey.OP_READ);
    }

    @Override
    int look() throws IOException {
        return selector.selectNow();
    }

    @Override
    void leave(SocketChannel connection) throws IOException {
        connection.close();
    }

    @Override
    void end() throws IOException {
        selector.close();
    }
}
