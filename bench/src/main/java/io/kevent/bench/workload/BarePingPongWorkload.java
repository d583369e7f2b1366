// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import io.kevent.provider.kernel.Doorbell;
import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The limit of {@link PingPongWorkload}: an eventfd that is written by one thread, and the epoll_wait of the other that comes back from it. */
final class BarePingPongWorkload implements Workload {
    private static final int FOREVER = -1;

    private Side here;
    private Side there;
    private Thread answering;
    private volatile boolean ended;

    @Override
    public void open() throws Exception {
        here = new Side();
        there = new Side();
        answering = new Thread(() -> {
            try {
                while (!ended) {
                    there.engine.collect(FOREVER);
                    here.bell.ring();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, "answering");
        answering.setDaemon(true);
        answering.start();
    }

    @Override
    public long work() throws Exception {
        there.bell.ring();
        return here.engine.collect(FOREVER);
    }

    @Override
    public void close() throws Exception {
        ended = true;
        there.bell.ring();
        answering.join(10_000);
        here.close();
        there.close();
    }

    /** Where one thread waits, and what it is woken by. */
    private static final class Side {
        private final Engine engine = JdkKernel.INSTANCE.openEngine();
        private final Doorbell bell = JdkKernel.INSTANCE.openDoorbell(engine);

        Side() throws IOException { }

        void close() throws IOException {
            bell.close();
            engine.close();
        }
    }
}
