// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Counts the calls that go to another kernel, and has some of them fail if it is told to. */
public final class CountingKernel implements Kernel {
    private final Kernel kernel;
    private final AtomicIntegerArray counts = new AtomicIntegerArray(Call.values().length);
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();

    /** For a call: how many of its kind are let through before one fails. Guarded by this. */
    private final Map<Call, Integer> failures = new EnumMap<>(Call.class);

    /** Guarded by this. */
    private final Map<Call, Runnable> delays = new EnumMap<>(Call.class);

    public CountingKernel(Kernel kernel) {
        this.kernel = kernel;
    }

    // ---- what a test asks

    public int count(Call call) {
        return counts.get(call.ordinal());
    }

    /** How many questions were asked in all probes together. */
    public int questions() {
        return questions.get();
    }

    /** How many events were told by all collections together. */
    public int told() {
        return told.get();
    }

    /** The calls since the last reset that change what the kernel watches. */
    public int registrationCalls() {
        return count(Call.ADD) + count(Call.MODIFY) + count(Call.REMOVE);
    }

    /** The calls since the last reset, those of which there was none left out: a test compares and a failure explains itself. */
    public String calls() {
        Map<Call, Integer> made = new TreeMap<>();
        for (Call call : Call.values()) {
            if (count(call) != 0) {
                made.put(call, count(call));
            }
        }
        return made.toString();
    }

    public void reset() {
        for (int i = 0; i < counts.length(); i++) {
            counts.set(i, 0);
        }
        questions.set(0);
        told.set(0);
    }

    /** The next call of this kind fails. */
    public void failNext(Call call) {
        failAfter(call, 0);
    }

    /** The next call of this kind fails, once so many have been let through. */
    public synchronized void failAfter(Call call, int letThrough) {
        failures.put(call, letThrough);
    }

    /** The next calls of this kind fail. */
    public synchronized void failNext(Call call, int calls) {
        failures.put(call, 1 - calls);
    }

    /** The next call of this kind runs an action before it is made. */
    public synchronized void beforeNext(Call call, Runnable action) {
        delays.put(call, action);
    }

    // ---- the kernel

    private void enter(Call call) throws IOException {
        counts.incrementAndGet(call.ordinal());
        Runnable delay;
        synchronized (this) {
            delay = delays.remove(call);
        }
        if (delay != null) {
            delay.run();
        }
        synchronized (this) {
            Integer left = failures.get(call);
            if (left == null) {
                return;
            }
            if (left > 0) {
                failures.put(call, left - 1);
                return;
            }
            if (left < 0) {
                failures.put(call, left + 1);
            } else {
                failures.remove(call);
            }
        }
        throw new IOException(call + " refused by the test: ENOSPC");
    }

    @Override
    public Engine openEngine() throws IOException {
        enter(Call.OPEN_ENGINE);
        return new CountingEngine(kernel.openEngine());
    }

    @Override
    public Doorbell openDoorbell(Engine engine) throws IOException {
        enter(Call.OPEN_DOORBELL);
        Doorbell bell = kernel.openDoorbell(((CountingEngine) engine).engine);
        return new Doorbell() {
            @Override
            public void ring() throws IOException {
                enter(Call.RING);
                bell.ring();
            }

            @Override
            public void close() throws IOException {
                bell.close();
            }
        };
    }

    @Override
    public Probe openProbe() {
        Probe probe = kernel.openProbe();
        return new Probe() {
            @Override
            public void ask(int index, int fd, int events) {
                probe.ask(index, fd, events);
            }

            @Override
            public void run(int count) throws IOException {
                enter(Call.PROBE);
                questions.addAndGet(count);
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
        };
    }

    private final class CountingEngine implements Engine {
        private final Engine engine;

        CountingEngine(Engine engine) {
            this.engine = engine;
        }

        @Override
        public int fd() {
            return engine.fd();
        }

        @Override
        public void add(int fd, int events) throws IOException {
            enter(Call.ADD);
            engine.add(fd, events);
        }

        @Override
        public void modify(int fd, int events) throws IOException {
            enter(Call.MODIFY);
            engine.modify(fd, events);
        }

        @Override
        public void remove(int fd) throws IOException {
            enter(Call.REMOVE);
            engine.remove(fd);
        }

        @Override
        public int collect(int timeoutMillis) throws IOException {
            enter(timeoutMillis == 0 ? Call.COLLECT : Call.WAIT);
            int count = engine.collect(timeoutMillis);
            told.addAndGet(count);
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
            try {
                enter(Call.CLOSE);
            } finally {
                engine.close();
            }
        }
    }
}
