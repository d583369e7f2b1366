// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Reads without asking for events, in the order in which the writer writes: the most that any way of asking could come to. */
final class BusyReader extends LoopReader {
    private SocketChannel[] channels;

    @Override
    void register(SocketChannel[] all) {
        channels = all;
    }

    @Override
    void turn() throws IOException, InterruptedException {
        for (int pair = 0; pair < channels.length; pair++) {
            for (int spins = 1; !read(channels[pair], pair); spins++) {
                Spin.pause(spins);
                pass();
            }
        }
    }
}
