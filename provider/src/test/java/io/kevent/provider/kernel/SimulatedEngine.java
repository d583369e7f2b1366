// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** epoll, as the man page has it. Guarded by its kernel. */
final class SimulatedEngine implements Engine {
    private final SimulatedKernel kernel;
    private final int epfd;
    private final int[] fds;
    private final int[] events;

    private final Map<Integer, Integer> watched = new HashMap<>();

    /** Descriptors that something was signalled of; whether it is still so is seen when they are collected. */
    private final Set<Integer> signalled = new LinkedHashSet<>();

    /** Descriptors that were to be told once, and were. */
    private final Set<Integer> spent = new HashSet<>();

    SimulatedEngine(SimulatedKernel kernel, int epfd, int batch) {
        this.kernel = kernel;
        this.epfd = epfd;
        this.fds = new int[batch];
        this.events = new int[batch];
    }

    boolean watches(int fd) {
        return watched.containsKey(fd);
    }

    int watchedFor(int fd) {
        return watched.get(fd);
    }

    void forget(int fd) {
        watched.remove(fd);
        signalled.remove(fd);
        spent.remove(fd);
    }

    boolean hasReady() {
        return signalled.stream().anyMatch(fd -> readyNow(fd) != 0);
    }

    private int readyNow(int fd) {
        return kernel.poll(fd) & (watched.get(fd) | Events.UNASKED) & ~Events.MANNER;
    }

    /** Returns whether this engine watches for what was signalled. */
    boolean signal(int fd, int arrived) {
        Integer asked = watched.get(fd);
        if (asked == null || spent.contains(fd) || (arrived & (asked | Events.UNASKED)) == 0) {
            return false;
        }
        signalled.add(fd);
        kernel.notifyAll();
        kernel.signal(epfd, Events.IN);
        return true;
    }

    @Override
    public int fd() {
        return epfd;
    }

    @Override
    public void add(int fd, int asked) throws IOException {
        synchronized (kernel) {
            if (kernel.isGone(fd)) {
                return;
            }
            require(!watched.containsKey(fd), "EEXIST");
            watched.put(fd, asked);
            signal(fd, kernel.poll(fd));
        }
    }

    @Override
    public void modify(int fd, int asked) throws IOException {
        synchronized (kernel) {
            if (kernel.isGone(fd)) {
                return;
            }
            require(watched.containsKey(fd), "ENOENT");
            require(((watched.get(fd) | asked) & Events.EXCLUSIVE) == 0, "EINVAL");
            watched.put(fd, asked);
            spent.remove(fd);
            signal(fd, kernel.poll(fd));
        }
    }

    private static void require(boolean condition, String errno) throws IOException {
        if (!condition) {
            throw new IOException(errno);
        }
    }

    @Override
    public void remove(int fd) {
        synchronized (kernel) {
            forget(fd);
        }
    }

    @Override
    public int collect(int timeoutMillis) {
        synchronized (kernel) {
            long bound = timeoutMillis < 0 ? SimulatedKernel.WAIT_BOUND_MILLIS : timeoutMillis;
            long deadline = System.nanoTime() + bound * 1_000_000;
            int count = harvest();
            while (count == 0 && kernel.await((deadline - System.nanoTime()) / 1_000_000)) {
                count = harvest();
            }
            if (count == 0 && Thread.currentThread().isInterrupted()) {
                // a wait that is interrupted comes back early, with what there is
                count = harvest();
            } else if (count == 0 && timeoutMillis < 0) {
                throw new AssertionError("waited for an event that never came");
            }
            kernel.collected();
            return count;
        }
    }

    private int harvest() {
        int count = 0;
        for (int fd : signalled.toArray(Integer[]::new)) {
            if (count == fds.length) {
                break;
            }
            signalled.remove(fd);
            int now = readyNow(fd);
            if (now != 0) {
                fds[count] = fd;
                events[count++] = now;
                if ((watched.get(fd) & Events.ONCE) != 0) {
                    spent.add(fd);
                } else if ((watched.get(fd) & Events.EDGE) == 0) {
                    // behind those that have not been told yet
                    signalled.add(fd);
                }
            }
        }
        return count;
    }

    @Override
    public int capacity() {
        return fds.length;
    }

    @Override
    public int readyFd(int index) {
        return fds[index];
    }

    @Override
    public int readyEvents(int index) {
        return events[index];
    }

    @Override
    public void close() {
        kernel.closeDescriptor(epfd);
    }
}
