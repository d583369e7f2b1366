// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Events;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** What operations and kernel events mean to each other, as the JDK's channels define it. */
enum ChannelKind {
    /** TCP and Unix domain sockets: what is ready depends on the state of the connection. */
    STREAM {
        @Override
        int ready(SelectableChannel channel, int events, int operations) {
            if ((events & Events.UNASKED) != 0) {
                return operations;
            }
            SocketChannel socket = (SocketChannel) channel;
            int ready = 0;
            if ((events & Events.IN) != 0 && socket.isConnected()) {
                ready |= SelectionKey.OP_READ;
            }
            if ((events & Events.OUT) != 0) {
                // connecting and connected exclude each other
                if (socket.isConnectionPending()) {
                    ready |= SelectionKey.OP_CONNECT;
                } else if (socket.isConnected()) {
                    ready |= SelectionKey.OP_WRITE;
                }
            }
            return ready & operations;
        }

        @Override
        boolean mayFinish(SelectableChannel channel) {
            return ((SocketChannel) channel).isConnectionPending();
        }
    },

    /** Listeners, datagram sockets, pipe ends: what the kernel says is what is ready. */
    PLAIN {
        @Override
        int ready(SelectableChannel channel, int events, int operations) {
            if ((events & Events.UNASKED) != 0) {
                return operations;
            }
            int ready = 0;
            if ((events & Events.IN) != 0) {
                ready |= SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
            }
            if ((events & Events.OUT) != 0) {
                ready |= SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;
            }
            return ready & operations;
        }
    };

    static ChannelKind of(SelectableChannel channel) {
        return channel instanceof SocketChannel ? STREAM : PLAIN;
    }

    /** The operations of the given ones that are ready. An error or a hang-up makes all of them ready: whichever is tried will tell. */
    abstract int ready(SelectableChannel channel, int events, int operations);

    /**
     * Whether events that make nothing ready may come to do so without the kernel's telling anything new: by the application's finishing a connection.
     */
    boolean mayFinish(SelectableChannel channel) {
        return false;
    }

    /** The events to watch for. */
    static int events(int operations) {
        int events = 0;
        if ((operations & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0) {
            events |= Events.IN;
        }
        if ((operations & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0) {
            events |= Events.OUT;
        }
        return events;
    }
}
