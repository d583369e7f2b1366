// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelectionKey;

/** A key of a {@link PollingSelector}. */
final class PollingKey extends AbstractSelectionKey {

    private final PollingSelector selector;
    private final SelectableChannel channel;
    private int interest;
    private int ready;
    /** What the faults need to know: the interest before the last select, and what was reported last. */
    int formerInterest;
    int reported;

    PollingKey(PollingSelector selector, SelectableChannel channel, int ops, Object attachment) {
        this.selector = selector;
        this.channel = channel;
        this.interest = ops;
        attach(attachment);
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public Selector selector() {
        return selector;
    }

    @Override
    public int interestOps() {
        requireValid();
        return interest;
    }

    @Override
    public SelectionKey interestOps(int ops) {
        requireValid();
        if ((ops & ~channel.validOps()) != 0) {
            throw new IllegalArgumentException();
        }
        interest = ops;
        return this;
    }

    @Override
    public int readyOps() {
        requireValid();
        return ready;
    }

    private void requireValid() {
        if (!isValid()) {
            throw new CancelledKeyException();
        }
    }

    /** The interest set, of a cancelled key too. */
    int interest() {
        return interest;
    }

    /** Takes over what the kernel says, into an empty ready set or to what is in it already: whether that adds an operation. */
    boolean take(int mask, boolean add, Fault fault) {
        int before = add || fault == Fault.KEEPS_STALE_READY_OPERATIONS ? ready : 0;
        int now = (mask & (Kernel.ERR | Kernel.HUP)) != 0 ? interest : before | translate(mask, fault);
        int added = now & ~ready;
        ready = now;
        return added != 0;
    }

    int ready() {
        return ready;
    }

    private int translate(int mask, Fault fault) {
        int ops = 0;
        if ((mask & Kernel.IN) != 0) {
            ops |= OP_READ | OP_ACCEPT;
        }
        if ((mask & Kernel.OUT) != 0) {
            ops |= OP_WRITE | OP_CONNECT;
        }
        if (channel instanceof SocketChannel) {
            SocketChannel socket = (SocketChannel) channel;
            ops &= socket.isConnected() || fault == Fault.REPORTS_WRITABLE_WHEN_NOT_CONNECTED ? -1 : ~(OP_READ | OP_WRITE);
            ops &= socket.isConnectionPending() ? -1 : ~OP_CONNECT;
        }
        return ops & interest;
    }
}
