// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.KeventOps;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkKernel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.HashMap;
import java.util.Map;

/** A selector whose keys a test makes readable and not readable: on the simulated kernel or on the real one. */
interface ReadySource extends Closeable {

    KeventSelector selector();

    SelectionKey register(int ops) throws IOException;

    void makeReadable(SelectionKey key) throws IOException;

    void drain(SelectionKey key) throws IOException;

    static ReadySource simulated() throws IOException {
        SimulatedSelector simulated = new SimulatedSelector();
        return new ReadySource() {
            @Override
            public KeventSelector selector() {
                return simulated.selector;
            }

            @Override
            public SelectionKey register(int ops) throws IOException {
                return simulated.register(ops);
            }

            @Override
            public void makeReadable(SelectionKey key) {
                simulated.arrive(key, Events.IN);
            }

            @Override
            public void drain(SelectionKey key) {
                simulated.drain(key, Events.IN);
            }

            @Override
            public void close() throws IOException {
                simulated.close();
            }
        };
    }

    static ReadySource real() throws IOException {
        KeventSelector selector = new KeventSelector(SelectorProvider.provider(), JdkKernel.INSTANCE);
        Map<SelectionKey, Pipe> pipes = new HashMap<>();
        return new ReadySource() {
            @Override
            public KeventSelector selector() {
                return selector;
            }

            @Override
            public SelectionKey register(int ops) throws IOException {
                Pipe pipe = Pipe.open();
                pipe.source().configureBlocking(false);
                SelectionKey key = KeventOps.register(pipe.source(), selector, ops);
                pipes.put(key, pipe);
                return key;
            }

            @Override
            public void makeReadable(SelectionKey key) throws IOException {
                pipes.get(key).sink().write(ByteBuffer.allocate(1));
            }

            @Override
            public void drain(SelectionKey key) throws IOException {
                pipes.get(key).source().read(ByteBuffer.allocate(64));
            }

            @Override
            public void close() throws IOException {
                selector.close();
                for (Pipe pipe : pipes.values()) {
                    pipe.sink().close();
                    pipe.source().close();
                }
            }
        };
    }
}
