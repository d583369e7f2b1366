// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.KeventOps;
import io.kevent.provider.kernel.CountingKernel;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.SimulatedKernel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** A selector on the simulated kernel, with channels whose readiness the test decides. */
final class SimulatedSelector implements AutoCloseable {
    final SimulatedKernel kernel;
    final CountingKernel calls;
    final KeventSelector selector;

    private final List<SelectableChannel> channels = new ArrayList<>();

    SimulatedSelector() throws IOException {
        this(new SimulatedKernel());
    }

    SimulatedSelector(SimulatedKernel kernel) throws IOException {
        this.kernel = kernel;
        this.calls = new CountingKernel(kernel);
        this.selector = new KeventSelector(SelectorProvider.provider(), calls);
    }

    /** Registers a new channel; what is ready is up to the test, whatever the channel thinks of itself. */
    SelectionKey register(int ops) throws IOException {
        return register(DatagramChannel.open(), ops);
    }

    /** The same of a channel that is connected, by which it goes what events mean. */
    SelectionKey registerConnected(int ops) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))) {
            return register(SocketChannel.open(listener.getLocalAddress()), ops);
        }
    }

    private SelectionKey register(SelectableChannel channel, int ops) throws IOException {
        channels.add(channel);
        channel.configureBlocking(false);
        return KeventOps.register(channel, selector, ops);
    }

    int fd(SelectionKey key) {
        return JdkChannels.descriptor(key.channel());
    }

    void arrive(SelectionKey key, int events) {
        kernel.arrive(fd(key), events);
    }

    void drain(SelectionKey key, int events) {
        kernel.drain(fd(key), events);
    }

    /** A read of the application that is seen, begun and not ended. */
    Object beginRead(SelectionKey key) {
        return ReadLearning.beginRead(new SelectionKey[] {null, key}, foreign -> null);
    }

    /** Takes what there is to read, without being seen. Returns whether there was something. */
    boolean takeAll(SelectionKey key) {
        boolean took = kernel.isReady(fd(key), Events.IN);
        drain(key, Events.IN);
        return took;
    }

    /** A read that is seen and takes all there is. */
    void readAll(SelectionKey key) {
        Object read = beginRead(key);
        ReadLearning.endRead(read, takeAll(key), true);
    }

    /** A read that is seen and leaves something. */
    void readSome(SelectionKey key) {
        ReadLearning.endRead(beginRead(key), true, false);
    }

    /** Selects without waiting. Returns what was reported of which key. */
    Map<SelectionKey, Integer> select() throws IOException {
        Map<SelectionKey, Integer> reported = new LinkedHashMap<>();
        selector.selectNow(key -> reported.put(key, key.readyOps()));
        return reported;
    }

    /** How the kernel watches a key's channel. */
    List<String> watched(SelectionKey key) {
        return kernel.watched(fd(key));
    }

    /** Brings a level-triggered key that waits for reading to the edge-triggered way: something arrives while its interest is off. */
    void makeEdgeTriggered(SelectionKey key, int arriving) throws IOException {
        int ops = key.interestOps();
        select();
        key.interestOps(0);
        select();
        arrive(key, arriving);
        select();
        drain(key, arriving);
        key.interestOps(ops);
        select();
    }

    /** One request of a server that hands the key to another thread and selects again before the data is read. */
    void request(SelectionKey key) throws IOException {
        arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), select());
        key.interestOps(0);
        assertEquals(Map.of(), select());
        drain(key, Events.IN);
        key.interestOps(OP_READ);
        assertEquals(Map.of(), select());
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (SelectableChannel channel : channels) {
            channel.close();
        }
    }
}
