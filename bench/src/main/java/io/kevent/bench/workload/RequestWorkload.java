// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A turn as a server like Jetty makes it: bytes arrive on some keys, the select finds them, their interest is turned off, another select follows, and after
 * the bytes are read the interest is turned on again. The writing and reading are part of it, and the same for everybody.
 */
final class RequestWorkload implements Workload {
    private final int size;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(16);
    private final SelectionKey[] busy;
    private LoopbackPairs pairs;
    private Selector selector;

    RequestWorkload(int size) {
        this.size = size;
        this.busy = new SelectionKey[size];
    }

    @Override
    public void open() throws Exception {
        selector = Selector.open();
        pairs = new LoopbackPairs(size);
        for (int i = 0; i < size; i++) {
            pairs.near(i).register(selector, SelectionKey.OP_READ);
        }
        selector.selectNow();
    }

    @Override
    public long work() throws Exception {
        for (int i = 0; i < size; i++) {
            bytes.clear();
            pairs.far(i).write(bytes);
        }
        int answered = 0;
        while (answered < size) {
            int found = 0;
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                key.interestOps(0);
                busy[found++] = key;
            }
            selector.selectedKeys().clear();
            selector.selectNow();
            for (int i = 0; i < found; i++) {
                bytes.clear();
                answered += ((SocketChannel) busy[i].channel()).read(bytes) > 0 ? 1 : 0;
                busy[i].interestOps(SelectionKey.OP_READ);
            }
        }
        return answered;
    }

    @Override
    public void close() throws Exception {
        selector.close();
        pairs.close();
    }
}
