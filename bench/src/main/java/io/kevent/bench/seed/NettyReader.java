// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.jvm.Gate;
import io.kevent.bench.netty.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads by one loop of Netty. */
final class NettyReader implements Reader {
    private final Transport transport;
    private final Map<Integer, Integer> pairByPort = new ConcurrentHashMap<>();
    private volatile Thread thread;

    NettyReader(Transport transport) {
        this.transport = transport;
    }

    @Override
    public SocketChannel[] open(int pairs, Ledger ledger) throws Exception {
        CountDownLatch accepted = new CountDownLatch(pairs);
        Class<? extends ServerChannel> listenerClass = transport.listener();
        Channel listener = new ServerBootstrap().group(new MultiThreadIoEventLoopGroup(1, transport.handler())).channel(listenerClass)
                .childHandler(new ChannelInitializer<io.netty.channel.socket.SocketChannel>() {
                    @Override
                    protected void initChannel(io.netty.channel.socket.SocketChannel channel) {
                        channel.pipeline().addLast(new Reading(ledger, accepted));
                    }
                })
                .bind("127.0.0.1", 0).sync().channel();
        SocketChannel[] ends = new SocketChannel[pairs];
        for (int i = 0; i < pairs; i++) {
            ends[i] = SocketChannel.open(listener.localAddress());
            ends[i].setOption(StandardSocketOptions.TCP_NODELAY, true);
            pairByPort.put(((InetSocketAddress) ends[i].getLocalAddress()).getPort(), i);
        }
        if (!accepted.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException(accepted.getCount() + " connections were not accepted");
        }
        return ends;
    }

    /** Its loop reads since it was opened. */
    @Override
    public void start(Gate gate) { }

    @Override
    public Thread thread() {
        return thread;
    }

    private final class Reading extends ChannelInboundHandlerAdapter {
        private final Ledger ledger;
        private final CountDownLatch accepted;
        private int pair = -1;

        Reading(Ledger ledger, CountDownLatch accepted) {
            this.ledger = ledger;
            this.accepted = accepted;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            thread = Thread.currentThread();
            accepted.countDown();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ((ByteBuf) message).release();
            if (pair < 0) {
                pair = pairByPort.get(((InetSocketAddress) context.channel().remoteAddress()).getPort());
            }
            ledger.read(pair);
        }
    }
}
