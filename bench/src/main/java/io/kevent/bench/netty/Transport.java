// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.netty;

import io.kevent.bench.plan.Subject;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.util.function.Supplier;

/** The ways in which Netty talks to the kernel. */
public enum Transport {
    /** By a selector: whichever the JVM has. */
    NIO(NioIoHandler::newFactory, NioServerSocketChannel.class),
    /** By its own native epoll. */
    EPOLL(EpollIoHandler::newFactory, EpollServerSocketChannel.class),
    /** By its own io_uring. */
    IO_URING(IoUringIoHandler::newFactory, IoUringServerSocketChannel.class);

    private final Supplier<IoHandlerFactory> handler;
    private final Class<? extends ServerSocketChannel> listener;

    Transport(Supplier<IoHandlerFactory> handler, Class<? extends ServerSocketChannel> listener) {
        this.handler = handler;
        this.listener = listener;
    }

    /**
     * The transport of a row.
     *
     * @param subject a row
     * @return its transport
     */
    public static Transport of(Subject subject) {
        switch (subject) {
            case NETTY_EPOLL:
                return EPOLL;
            case NETTY_IO_URING:
                return IO_URING;
            default:
                return NIO;
        }
    }

    /**
     * What a loop is made with.
     *
     * @return the factory
     */
    public IoHandlerFactory handler() {
        return handler.get();
    }

    /**
     * What listens.
     *
     * @return the channel's class
     */
    public Class<? extends ServerSocketChannel> listener() {
        return listener;
    }
}
