// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** Reads by edge-triggered epoll with nothing around it: the least that anything can cost which sleeps until the kernel wakes it. */
final class BareReader extends LoopReader {
    private static final int FOREVER = -1;

    private SocketChannel[] channels;
    private Engine engine;
    private int[] pairs;

    @Override
    void register(SocketChannel[] all) throws IOException {
        channels = all;
        engine = JdkKernel.INSTANCE.openEngine();
        pairs = new int[1 + Arrays.stream(all).mapToInt(JdkChannels::descriptor).max().orElseThrow()];
        for (int i = 0; i < all.length; i++) {
            int fd = JdkChannels.descriptor(all[i]);
            pairs[fd] = i;
            engine.add(fd, Events.IN | Events.EDGE);
        }
    }

    @Override
    void turn() throws IOException {
        int found = engine.collect(FOREVER);
        for (int i = 0; i < found; i++) {
            int pair = pairs[engine.readyFd(i)];
            read(channels[pair], pair);
        }
    }
}
