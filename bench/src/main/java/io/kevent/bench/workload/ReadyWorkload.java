// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** A select and a walk over what it found: some keys that stay ready, among many that are not. */
final class ReadyWorkload implements Workload {
    /** By which method of the selector. */
    enum Form { SELECTED_KEYS, ACTION }

    private final int ready;
    private final int registered;
    private final Form form;
    private final Consumer<SelectionKey> action = this::take;
    private ReadyChannels channels;
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
        channels = new ReadyChannels(ready, registered);
        channels.register((channel, i) -> channel.register(selector, SelectionKey.OP_READ, i));
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
        channels.close();
    }
}
