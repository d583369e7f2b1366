// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import io.kevent.provider.kernel.Doorbell;
import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Kernel;
import io.kevent.provider.kernel.Probe;
import java.io.IOException;

/** A kernel that goes on telling of descriptors when it was asked to stop, until it has told often enough. */
final class DeafKernel implements Kernel {
    private final Kernel kernel;

    /** Run when it has told so often; null as long as it listens. */
    private Runnable enough;
    private int left;

    DeafKernel(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Changes are not carried out from now on. */
    void stopListening(int tellings, Runnable then) {
        left = tellings;
        enough = then;
    }

    private boolean isDeaf() {
        return enough != null;
    }

    @Override
    public Engine openEngine() throws IOException {
        return new DeafEngine(kernel.openEngine());
    }

    @Override
    public Doorbell openDoorbell(Engine engine) throws IOException {
        return kernel.openDoorbell(((DeafEngine) engine).engine);
    }

    @Override
    public Probe openProbe() {
        return kernel.openProbe();
    }

    private final class DeafEngine implements Engine {
        private final Engine engine;

        DeafEngine(Engine engine) {
            this.engine = engine;
        }

        @Override
        public int fd() {
            return engine.fd();
        }

        @Override
        public void add(int fd, int events) throws IOException {
            if (!isDeaf()) {
                engine.add(fd, events);
            }
        }

        @Override
        public void modify(int fd, int events) throws IOException {
            if (!isDeaf()) {
                engine.modify(fd, events);
            }
        }

        @Override
        public void remove(int fd) throws IOException {
            if (!isDeaf()) {
                engine.remove(fd);
            }
        }

        @Override
        public int collect(int timeoutMillis) throws IOException {
            int count = engine.collect(timeoutMillis);
            if (isDeaf() && left-- == 0) {
                enough.run();
            }
            return count;
        }

        @Override
        public int capacity() {
            return engine.capacity();
        }

        @Override
        public int readyFd(int index) {
            return engine.readyFd(index);
        }

        @Override
        public int readyEvents(int index) {
            return engine.readyEvents(index);
        }

        @Override
        public void close() throws IOException {
            engine.close();
        }
    }
}
