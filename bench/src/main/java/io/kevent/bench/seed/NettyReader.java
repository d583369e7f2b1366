// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.netty.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads by one loop of Netty. */
final class NettyReader implements Reader {
    private static final int PATIENCE_SECONDS = 30;

    private final Transport transport;
    private final Map<Integer, Integer> pairByPort = new ConcurrentHashMap<>();
    private final BlockingQueue<Clock> turns = new ArrayBlockingQueue<>(1);
    private volatile Thread thread;
    private Ledger ledger;
    private int pairs;
    private EventLoopGroup loop;

    // ---- the loop's thread

    private Clock before;
    private long end;

    NettyReader(Transport transport) {
        this.transport = transport;
    }

    @Override
    public SocketChannel[] open(int count, Ledger counting) throws Exception {
        pairs = count;
        ledger = counting;
        loop = new MultiThreadIoEventLoopGroup(1, transport.handler());
        CountDownLatch accepted = new CountDownLatch(count);
        Class<? extends ServerChannel> listenerClass = transport.listener();
        Channel listener = new ServerBootstrap().group(loop).channel(listenerClass)
                .childHandler(new ChannelInitializer<io.netty.channel.socket.SocketChannel>() {
                    @Override
                    protected void initChannel(io.netty.channel.socket.SocketChannel channel) {
                        channel.pipeline().addLast(new Reading(accepted));
                    }
                })
                .bind("127.0.0.1", 0).sync().channel();
        SocketChannel[] ends = new SocketChannel[count];
        for (int i = 0; i < count; i++) {
            ends[i] = SocketChannel.open(listener.localAddress());
            ends[i].setOption(StandardSocketOptions.TCP_NODELAY, true);
            pairByPort.put(((InetSocketAddress) ends[i].getLocalAddress()).getPort(), i);
        }
        if (!accepted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(accepted.getCount() + " connections were not accepted");
        }
        return ends;
    }

    /** Its loop reads since it was opened. */
    @Override
    public void start() { }

    /** The loop has one thread, which does what it is given before it waits for events again. */
    @Override
    public Clock inTurn(Writing writing) throws InterruptedException {
        loop.execute(() -> {
            try {
                writing.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            end = ledger.events() + pairs;
            before = Clock.now(ledger, Thread.currentThread());
        });
        Clock turn = turns.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (turn == null) {
            throw new IllegalStateException("not all messages were read");
        }
        return turn;
    }

    private void read(int pair) {
        ledger.read(pair);
        if (before != null && ledger.events() == end) {
            turns.add(Clock.now(ledger, Thread.currentThread()).since(before));
        }
    }

    @Override
    public Thread thread() {
        return thread;
    }

    private final class Reading extends ChannelInboundHandlerAdapter {
        private final CountDownLatch accepted;
        private int pair = -1;

        Reading(CountDownLatch accepted) {
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
            read(pair);
        }
    }
}
