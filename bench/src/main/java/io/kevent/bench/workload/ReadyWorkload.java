// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A select and a walk over what it found: some keys that stay ready, since nobody reads what lies there, among many that are not. The others are datagram
 * channels, which take one descriptor each, so that 19,000 fit into a process.
 */
final class ReadyWorkload implements Workload {
    /** By which method of the selector. */
    enum Form { SELECTED_KEYS, ACTION }

    private final int ready;
    private final int registered;
    private final Form form;
    private final List<DatagramChannel> idle = new ArrayList<>();
    private final Consumer<SelectionKey> action = this::take;
    private LoopbackPairs pairs;
    private Selector selector;
    private long seen;

    ReadyWorkload(int ready, int registered, Form form) {
        this.ready = ready;
        this.registered = registered;
        this.form = form;
    }

    @Override
    public void open() throws Exception {
        selector = Selector.open();
        pairs = new LoopbackPairs(ready);
        for (int i = 0; i < ready; i++) {
            pairs.near(i).register(selector, SelectionKey.OP_READ, i);
            pairs.far(i).write(ByteBuffer.allocate(1));
        }
        for (int i = ready; i < registered; i++) {
            DatagramChannel channel = DatagramChannel.open();
            idle.add(channel);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, i);
        }
        Selections.awaitReady(selector, ready);
    }

    @Override
    public long work() throws Exception {
        int found;
        if (form == Form.ACTION) {
            found = selector.selectNow(action);
        } else {
            found = selector.selectNow();
            for (SelectionKey key : selector.selectedKeys()) {
                take(key);
            }
            selector.selectedKeys().clear();
        }
        if (found != ready) {
            throw new IllegalStateException(found + " keys were selected, not " + ready);
        }
        return seen;
    }

    private void take(SelectionKey key) {
        if (key.isReadable()) {
            seen++;
        }
    }

    @Override
    public void close() throws Exception {
        selector.close();
        pairs.close();
        for (DatagramChannel channel : idle) {
            channel.close();
        }
    }
}
