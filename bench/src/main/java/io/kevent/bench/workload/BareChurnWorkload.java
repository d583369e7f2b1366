// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** The limit of {@link ChurnWorkload}: what the kernel needs for the connection, and its system calls alone. */
final class BareChurnWorkload extends ConnectionWorkload {
    private Engine engine;

    BareChurnWorkload(int others) {
        super(others);
    }

    @Override
    void begin() throws IOException {
        engine = JdkKernel.INSTANCE.openEngine();
    }

    @Override
    void watch(SocketChannel connection) throws IOException {
        engine.add(JdkChannels.descriptor(connection), Events.IN);
    }

    @Override
    int look() throws IOException {
        return engine.collect(0);
    }

    @Override
    void leave(SocketChannel connection) throws IOException {
        engine.remove(JdkChannels.descriptor(connection));
        connection.close();
    }

    @Override
    void end() throws IOException {
        engine.close();
    }
}
