// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One side of the comparison: a handful of channels and selectors of one provider. The operations on it are in the classes beside it. */
final class World implements AutoCloseable {

    static final int SLOTS = 12;
    static final int SELECTORS = 3;
    /** Keys that are cancelled and gone are still asked what they say, as long as there are not too many. */
    private static final int MOST_ENTRIES = 24;

    final SelectorProvider provider;
    final Slot[] slots = new Slot[SLOTS];
    final Selector[] selectors = new Selector[SELECTORS];
    /** Whether a wakeup waits for a selector's next select. */
    final boolean[] woken = new boolean[SELECTORS];
    final List<Entry> entries = new ArrayList<>();
    /** Every channel of the run, to close what the run left open. */
    private final List<SelectableChannel> opened = new ArrayList<>();
    private final List<Path> paths = new ArrayList<>();
    private final SocketChannel refusing;
    private int channels;
    private int keys;

    World(SelectorProvider provider) throws IOException {
        this.provider = provider;
        for (int s = 0; s < SELECTORS; s++) {
            selectors[s] = provider.openSelector();
        }
        // bound but not listening: nobody else can get the port, and the kernel refuses whoever connects to it
        refusing = provider.openSocketChannel();
        refusing.bind(loopback());
    }

    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    SocketAddress refusingAddress() throws IOException {
        return refusing.getLocalAddress();
    }

    /** A name in the file system for a Unix domain listener. */
    Path newPath() throws IOException {
        Path path = Files.createTempFile("kevent-model", ".sock");
        Files.delete(path);
        paths.add(path);
        return path;
    }

    Slot put(int slot, Slot.Kind kind, SelectableChannel channel) throws IOException {
        channel.configureBlocking(false);
        opened.add(channel);
        slots[slot] = new Slot(channels++, kind, channel);
        return slots[slot];
    }

    boolean isFree(int slot) {
        return slots[slot] == null || !slots[slot].isOpen();
    }

    /** The channel in a slot if it is open, or null. */
    Slot open(int slot) {
        return isFree(slot) ? null : slots[slot];
    }

    Entry newEntry(int selector, Slot slot) {
        return new Entry(keys++, selector, slot);
    }

    /** The entry with a number, or null where there is none. */
    Entry entry(int number) {
        for (Entry entry : entries) {
            if (entry.number == number) {
                return entry;
            }
        }
        return null;
    }

    boolean isKnown(Entry entry) {
        Selector selector = selectors[entry.selector];
        return entry.key.selector() == selector && selector.isOpen()
                && (selector.keys().contains(entry.key) || selector.selectedKeys().contains(entry.key));
    }

    /** Forgets the oldest keys that are of no more use. */
    void forgetOldKeys() {
        for (int i = 0; i < entries.size() && entries.size() > MOST_ENTRIES; ) {
            Entry entry = entries.get(i);
            if (entry.key.isValid() || isKnown(entry)) {
                i++;
            } else {
                entries.remove(i);
            }
        }
    }

    /** Whether the kernel reports anything that a key of this selector has asked for, or an error or a hang-up, as of the last look at it. */
    boolean isAnythingReady(int selector) {
        for (Entry entry : entries) {
            if (entry.selector == selector && entry.key.isValid() && entry.key.selector() == selectors[selector]
                    && entry.key.interestOps() != 0 && entry.slot.mask != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a key is selected that asks in vain: {@link Entry#isAskingInVain}. */
    boolean isSelectedInVain(int selector) {
        Selector asked = selectors[selector];
        for (Entry entry : entries) {
            if (entry.selector == selector && entry.key.selector() == asked && asked.isOpen() && entry.isAskingInVain()
                    && asked.selectedKeys().contains(entry.key)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a channel is closed and waits for a select to let its descriptor go, which others will feel. */
    boolean isAnythingPassing() {
        for (Entry entry : entries) {
            if (!entry.slot.isOpen() && !entry.slot.isGone()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        for (SelectableChannel channel : opened) {
            if (channel instanceof SocketChannel && ((SocketChannel) channel).supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
                closeAtOnce((SocketChannel) channel);
            }
            channel.close();
        }
        refusing.close();
        for (Selector selector : selectors) {
            selector.close();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    /** Without the minute in TIME_WAIT that would use up the machine's ports in a long run. */
    private static void closeAtOnce(SocketChannel channel) throws IOException {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (ClosedChannelException e) {
            return;
        }
    }
}
