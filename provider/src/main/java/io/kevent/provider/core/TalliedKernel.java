// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Doorbell;
import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Kernel;
import io.kevent.provider.kernel.Probe;
import java.io.IOException;

/** Counts the calls that go to another kernel: the only place that does, so that none is forgotten. */
final class TalliedKernel implements Kernel {

    /** To look at the clock twice costs some 50 ns, which a loop that never really waits may want to save. */
    static final boolean TIMED = !"false".equals(System.getProperty("io.kevent.timing"));

    private final Kernel kernel;
    private final Tally tally;
    private final boolean timed;

    /** Whether the time spent in waits is counted as well is for who knows whether anybody reads it. */
    TalliedKernel(Kernel kernel, Tally tally, boolean timed) {
        this.kernel = kernel;
        this.tally = tally;
        this.timed = timed && TIMED;
    }

    @Override
    public Engine openEngine() throws IOException {
        return new TalliedEngine(kernel.openEngine(), tally, timed);
    }

    @Override
    public Engine openEngine(int capacity) throws IOException {
        return new TalliedEngine(kernel.openEngine(capacity), tally, timed);
    }

    @Override
    public Doorbell openDoorbell(Engine engine) throws IOException {
        return new TalliedDoorbell(kernel.openDoorbell(((TalliedEngine) engine).engine), tally.wakeupsEntered);
    }

    @Override
    public Probe openProbe() {
        return new TalliedProbe(kernel.openProbe(), tally.probes);
    }

    private static final class TalliedEngine implements Engine {
        private final Engine engine;
        private final Tally tally;
        private final boolean timed;

        TalliedEngine(Engine engine, Tally tally, boolean timed) {
            this.engine = engine;
            this.tally = tally;
            this.timed = timed;
        }

        @Override
        public int fd() {
            return engine.fd();
        }

        @Override
        public void add(int fd, int events) throws IOException {
            tally.changesMade.add(1);
            engine.add(fd, events);
        }

        @Override
        public void modify(int fd, int events) throws IOException {
            tally.changesMade.add(1);
            engine.modify(fd, events);
        }

        @Override
        public void remove(int fd) throws IOException {
            tally.changesMade.add(1);
            engine.remove(fd);
        }

        @Override
        public int collect(int timeoutMillis) throws IOException {
            if (timeoutMillis == 0) {
                tally.polls.add(1);
                return engine.collect(0);
            }
            tally.waits.add(1);
            if (!timed) {
                return engine.collect(timeoutMillis);
            }
            long begun = System.nanoTime();
            try {
                return engine.collect(timeoutMillis);
            } finally {
                tally.waitedNanos.add(System.nanoTime() - begun);
            }
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

    private static final class TalliedDoorbell implements Doorbell {
        private final Doorbell bell;
        private final Counter rings;

        TalliedDoorbell(Doorbell bell, Counter rings) {
            this.bell = bell;
            this.rings = rings;
        }

        @Override
        public void ring() throws IOException {
            rings.add(1);
            bell.ring();
        }

        @Override
        public boolean wasRungByOthers(int fd) {
            return bell.wasRungByOthers(fd);
        }

        @Override
        public void close() throws IOException {
            bell.close();
        }
    }

    private static final class TalliedProbe implements Probe {
        private final Probe probe;
        private final Counter runs;

        TalliedProbe(Probe probe, Counter runs) {
            this.probe = probe;
            this.runs = runs;
        }

        @Override
        public void ask(int index, int fd, int events) {
            probe.ask(index, fd, events);
        }

        @Override
        public void run(int count) throws IOException {
            runs.add(1);
            probe.run(count);
        }

        @Override
        public int answer(int index) {
            return probe.answer(index);
        }

        @Override
        public void close() {
            probe.close();
        }
    }
}
