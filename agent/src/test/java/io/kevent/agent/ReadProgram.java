// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** Reads in each way that there is while a key's interest is off, and tells what the next select reports and how many questions it has put to the kernel. */
final class ReadProgram {
    private static final int BOUND_MILLIS = 20_000;

    private final Selector selector;
    private final SocketChannel peer;
    private final SocketChannel channel;
    private final SelectionKey key;

    private ReadProgram(Selector selector, SocketChannel peer, SocketChannel channel) throws IOException {
        this.selector = selector;
        this.peer = peer;
        this.channel = channel;
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    public static void main(String[] args) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (Selector selector = Selector.open(); ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0));
                SocketChannel peer = SocketChannel.open(listener.getLocalAddress()); SocketChannel channel = listener.accept()) {
            new ReadProgram(selector, peer, channel).run();
        }
    }

    private void run() throws Exception {
        // the interest goes off and on from here on
        arriveUnwanted();
        switchOn("at first");
        arriveUnwanted();
        switchOn("unread");
        arriveUnwanted();
        read();
        switchOn("read");
        arriveUnwanted();
        channel.read(new ByteBuffer[] {ByteBuffer.allocate(1), ByteBuffer.allocate(1)});
        switchOn("read into several buffers");
        try {
            channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer());
        } catch (IllegalArgumentException e) {
            arriveUnwanted();
            switchOn("after a read that threw");
        }
        // kevent's figures are gone with it
        System.out.println("undone " + KeventAgent.undo());
        arriveUnwanted();
        read();
        System.out.println("read unseen: selected " + selectOn());
    }

    /** The kernel tells while nobody waits for it. */
    private void arriveUnwanted() throws Exception {
        key.interestOps(0);
        selector.selectNow();
        read();
        peer.write(ByteBuffer.allocate(1));
        long deadline = System.nanoTime() + BOUND_MILLIS * 1_000_000L;
        while (channel.socket().getInputStream().available() == 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("nothing arrives");
            }
            Thread.onSpinWait();
        }
        selector.selectNow();
    }

    private void read() throws IOException {
        channel.read(ByteBuffer.allocate(2));
    }

    private void switchOn(String what) throws Exception {
        long before = questions();
        int selected = selectOn();
        System.out.println(what + ": selected " + selected + ", questions " + (questions() - before));
    }

    private int selectOn() throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        selector.selectedKeys().clear();
        return selector.selectNow();
    }

    private static long questions() throws Exception {
        CompositeData[] selectors = (CompositeData[]) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("io.kevent:type=Selectors"), "Selectors");
        return (long) ((CompositeData) selectors[0].get("counts")).get("probes");
    }
}
