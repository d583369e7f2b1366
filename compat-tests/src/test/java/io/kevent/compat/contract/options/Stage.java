// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import io.kevent.compat.support.Link;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

/** One selector and one link, as a setting says. */
final class Stage implements AutoCloseable {

    final Selector selector;
    final Link link;
    private final Setting setting;

    Stage(Setting setting) throws IOException {
        this.setting = setting;
        this.selector = Selector.open();
        this.link = Link.open(setting.kind);
    }

    /** Registers the end that reads, for reading and with options. */
    SelectionKey reader(int options) throws IOException {
        return KeventOps.register(link.source(), selector, reading(options));
    }

    /** Registers the end that writes, for writing and with options. */
    SelectionKey writer(int options) throws IOException {
        return KeventOps.register(link.sink(), selector, writing(options));
    }

    int reading(int options) {
        return with(OP_READ | options);
    }

    int writing(int options) {
        return with(OP_WRITE | options);
    }

    /** An interest set with what the setting adds. */
    int with(int ops) {
        return ops | setting.option;
    }

    int report(SelectionKey key) throws IOException {
        return setting.form.report(key);
    }

    void assertSilent() throws IOException {
        setting.form.assertSilent(selector);
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            link.close();
        }
    }
}
