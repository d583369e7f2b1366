// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A kernel of which a test says what is ready when. It keeps epoll's rules: level is told as long as it is so, an edge once for each arrival, what is to be
 * told once only once, a registration or modification tells the present state anew, an exclusive registration cannot be modified. All state is guarded by
 * this object.
 */
public final class SimulatedKernel implements Kernel {
    private static final int FIRST_OWN_DESCRIPTOR = 1 << 20;
    /** A wait without a bound fails after this time. */
    static final long WAIT_BOUND_MILLIS = 30_000;

    private final Map<Integer, Integer> ready = new HashMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private final List<SimulatedEngine> engines = new ArrayList<>();
    private final int batch;
    private int nextDescriptor = FIRST_OWN_DESCRIPTOR;
    private int openDescriptors;
    private int waiting;
    private Runnable onCollected = () -> { };

    public SimulatedKernel() {
        this(1024);
    }

    /** A kernel that gives at most so many events at once. */
    public SimulatedKernel(int batch) {
        this.batch = batch;
    }

    // ---- what happens outside

    /** Something arrives on a descriptor, and stays ready until it is drained. */
    public synchronized void arrive(int fd, int events) {
        ready.merge(fd, events, (a, b) -> a | b);
        signal(fd, events);
    }

    /** The application has read all there was, or has filled the buffer. */
    public synchronized void drain(int fd, int events) {
        ready.merge(fd, 0, (a, b) -> a & ~events);
    }

    /** Native code closes a descriptor that nobody expected it to close. */
    public synchronized void closeBehindOurBack(int fd) {
        gone.add(fd);
        for (SimulatedEngine engine : engines) {
            engine.forget(fd);
        }
    }

    /** The number is given to another channel, with nothing ready. */
    public synchronized void reuse(int fd) {
        gone.remove(fd);
        ready.remove(fd);
    }

    /** Runs once, when the next collection has fetched its events but has not returned yet. */
    public synchronized void onNextCollected(Runnable action) {
        onCollected = action;
    }

    // ---- what a test asks

    /** Whether any of the events is ready on a descriptor. */
    public synchronized boolean isReady(int fd, int events) {
        return (poll(fd) & events) != 0;
    }

    /** How many descriptors of engines and bells are open. */
    public synchronized int openDescriptors() {
        return openDescriptors;
    }

    /** How a descriptor is watched: for each engine in the order of opening that watches it, {@link Events#toString}. */
    public synchronized List<String> watched(int fd) {
        List<String> all = new ArrayList<>();
        for (SimulatedEngine engine : engines) {
            if (engine.watches(fd)) {
                all.add(Events.toString(engine.watchedFor(fd)));
            }
        }
        return all;
    }

    /** Returns when a thread is blocked in a collection. */
    public synchronized void awaitWaiter() throws InterruptedException {
        long deadline = System.nanoTime() + WAIT_BOUND_MILLIS * 1_000_000;
        while (waiting == 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no thread waits in the kernel");
            }
            wait(left);
        }
    }

    // ---- the kernel

    @Override
    public synchronized Engine openEngine() {
        SimulatedEngine engine = new SimulatedEngine(this, openDescriptor(), batch);
        engines.add(engine);
        return engine;
    }

    @Override
    public synchronized Doorbell openDoorbell(Engine engine) throws java.io.IOException {
        int fd = openDescriptor();
        engine.add(fd, Events.IN | Events.EDGE);
        return new Doorbell() {
            @Override
            public void ring() {
                synchronized (SimulatedKernel.this) {
                    if (gone.contains(fd)) {
                        throw new IllegalStateException("rung after it was closed");
                    }
                    arrive(fd, Events.IN);
                }
            }

            @Override
            public void close() {
                closeDescriptor(fd);
            }
        };
    }

    @Override
    public Probe openProbe() {
        return new SimulatedProbe(this);
    }

    // ---- for the engines and probes

    synchronized int poll(int fd) {
        if (gone.contains(fd)) {
            return Events.NVAL;
        }
        for (SimulatedEngine engine : engines) {
            if (engine.fd() == fd) {
                return engine.hasReady() ? Events.IN : 0;
            }
        }
        return ready.getOrDefault(fd, 0);
    }

    /** Wakes who watches: all that watch in the plain manner, one of those that watch exclusively. */
    synchronized void signal(int fd, int events) {
        boolean exclusiveTold = false;
        for (SimulatedEngine engine : new ArrayList<>(engines)) {
            boolean exclusive = engine.watches(fd) && (engine.watchedFor(fd) & Events.EXCLUSIVE) != 0;
            if (!(exclusive && exclusiveTold) && engine.signal(fd, events)) {
                exclusiveTold |= exclusive;
            }
        }
    }

    synchronized boolean isGone(int fd) {
        return gone.contains(fd);
    }

    /** Blocks, with the monitor released, until something may have been signalled; false if there is no time left. */
    synchronized boolean await(long millis) {
        if (millis <= 0) {
            return false;
        }
        waiting++;
        notifyAll();
        try {
            wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting--;
        }
    }

    synchronized void collected() {
        Runnable action = onCollected;
        onCollected = () -> { };
        action.run();
    }

    synchronized void closeDescriptor(int fd) {
        openDescriptors--;
        engines.removeIf(engine -> engine.fd() == fd);
        closeBehindOurBack(fd);
    }

    private int openDescriptor() {
        openDescriptors++;
        return nextDescriptor++;
    }
}
