// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.provider.kernel.Doorbell;
import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.Kernel;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;

/**
 * Where the thread waits that is next to watch the kernel: blocked as well, by an engine that watches the collector's and nothing else. That engine is silent
 * while somebody watches. It is armed when the watcher leaves, unless nobody could take what comes, and then wakes its thread with the first event that comes
 * before the watcher is back; mostly there is none. So a thread that handles its events and returns pays for two calls to the kernel, and not for waking
 * another one that has nothing to do, as the leader does in Leader/Followers (Schmidt, O'Ryan, Kircher, Pyarali, Buschmann, 2000), which promotes a follower
 * each time it leaves.
 *
 * <p>All methods are called with the dispatcher's lock held, but for {@link #await} and {@link #ring}.
 */
final class Standby {
    /** The collector's engine, and the bell. */
    private static final int CAPACITY = 2;

    private final int watched;
    private final Engine engine;
    private final Doorbell bell;
    private final QueueSelector selector;

    /** Whether the engine tells of the next event. */
    private boolean armed;

    /** Guarded by this: a ring must not reach a descriptor that the kernel has given to somebody else meanwhile. */
    private boolean closed;

    /** The descriptor is that of the collector's engine. */
    Standby(Kernel kernel, SelectorProvider provider, int watched) throws IOException {
        this.watched = watched;
        this.engine = kernel.openEngine(CAPACITY);
        try {
            bell = kernel.openDoorbell(engine);
            try {
                engine.add(watched, 0);
            } catch (IOException | RuntimeException | Error e) {
                bell.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            engine.close();
            throw e;
        }
        this.selector = new QueueSelector(provider, this::ring);
    }

    /** The next event wakes the thread, or one that has come already. */
    void arm() throws IOException {
        if (!armed) {
            engine.modify(watched, Events.IN | Events.ONCE);
            armed = true;
        }
    }

    /** No event wakes the thread. */
    void disarm() throws IOException {
        if (armed) {
            engine.modify(watched, 0);
            armed = false;
        }
    }

    /** It has told of an event, or may have, and tells of no other. */
    void spent() {
        armed = false;
    }

    /** Waits until there is an event that nobody watches for, the thread is called or interrupted, or the time is up. Returns whether there is one. */
    boolean await(Waiter self, int millis) throws IOException {
        long deadline = millis > 0 ? System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) : 0;
        int left = millis;
        selector.beginBlocking();
        try {
            while (left != 0 && !self.called && !Thread.currentThread().isInterrupted()) {
                if (isToldOfWatched(engine.collect(left))) {
                    return true;
                }
                if (millis > 0) {
                    left = Deadline.millis(deadline - System.nanoTime());
                }
            }
            return false;
        } finally {
            selector.endBlocking();
        }
    }

    private boolean isToldOfWatched(int count) {
        for (int i = 0; i < count; i++) {
            if (engine.readyFd(i) == watched) {
                return true;
            }
        }
        return false;
    }

    /** Ends the wait. Any thread. */
    synchronized void ring() {
        if (!closed) {
            try {
                bell.ring();
            } catch (IOException e) {
                // the descriptor is ours and open: only a broken process comes here
                throw new InternalError(e);
            }
        }
    }

    /** Nobody waits any more. */
    synchronized void close() throws IOException {
        closed = true;
        try {
            bell.close();
        } finally {
            engine.close();
        }
    }
}
