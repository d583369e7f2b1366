// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;

/** {@link Engine} by epoll, through the native methods of {@code sun.nio.ch.EPoll}. */
final class EpollEngine implements Engine {
    private static final Binding EPOLL = Binding.to("EPoll");
    private static final MethodHandle CREATE = EPOLL.staticMethod("create", int.class);
    private static final MethodHandle CTL = EPOLL.staticMethod("ctl", int.class, int.class, int.class, int.class, int.class);
    private static final MethodHandle WAIT = EPOLL.staticMethod("wait", int.class, int.class, long.class, int.class, int.class);
    private static final MethodHandle ALLOCATE = EPOLL.staticMethod("allocatePollArray", long.class, int.class);
    private static final MethodHandle FREE = EPOLL.staticMethod("freePollArray", void.class, long.class);
    private static final MethodHandle GET_EVENT = EPOLL.staticMethod("getEvent", long.class, long.class, int.class);
    private static final MethodHandle GET_DESCRIPTOR = EPOLL.staticMethod("getDescriptor", int.class, long.class);
    private static final MethodHandle GET_EVENTS = EPOLL.staticMethod("getEvents", int.class, long.class);

    private static final int CTL_ADD = 1;
    private static final int CTL_DEL = 2;
    private static final int CTL_MOD = 3;

    /** The JDK's value: large enough to serve a busy loop in one call, 12 KiB of native memory a selector. */
    private static final int BATCH = 1024;

    /** What {@code EPoll.wait} returns for EINTR ({@code sun.nio.ch.IOStatus}). */
    private static final int INTERRUPTED = -3;

    private final int epfd;
    private final boolean owned;
    private final int capacity;
    private final long batch;

    EpollEngine() throws IOException {
        this(BATCH);
    }

    EpollEngine(int capacity) throws IOException {
        this.owned = true;
        this.capacity = capacity;
        // first: it is the easier of the two to give back
        this.batch = allocate(capacity);
        try {
            this.epfd = create();
        } catch (IOException | RuntimeException | Error e) {
            free(batch);
            throw e;
        }
    }

    /** An engine on an epoll descriptor that is there already; one that is not owned stays open when the engine is closed. */
    EpollEngine(int epfd, boolean owned) {
        this.epfd = epfd;
        this.owned = owned;
        this.capacity = BATCH;
        this.batch = allocate(capacity);
    }

    private static long allocate(int capacity) {
        try {
            return (long) ALLOCATE.invokeExact(capacity);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    private static void free(long batch) {
        try {
            FREE.invokeExact(batch);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    private static int create() throws IOException {
        try {
            return (int) CREATE.invokeExact();
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    @Override
    public int fd() {
        return epfd;
    }

    @Override
    public void add(int fd, int events) throws IOException {
        int errno = ctl(CTL_ADD, fd, events);
        if (errno != SystemCall.EBADF) {
            SystemCall.check(errno, "epoll_ctl ADD", fd, events);
        }
    }

    @Override
    public void modify(int fd, int events) throws IOException {
        int errno = ctl(CTL_MOD, fd, events);
        // ENOENT: closed and opened anew as something else, which is nobody's business here
        if (errno != SystemCall.EBADF && errno != SystemCall.ENOENT) {
            SystemCall.check(errno, "epoll_ctl MOD", fd, events);
        }
    }

    @Override
    public void remove(int fd) throws IOException {
        int errno = ctl(CTL_DEL, fd, 0);
        if (errno != SystemCall.EBADF && errno != SystemCall.ENOENT) {
            SystemCall.check(errno, "epoll_ctl DEL", fd, 0);
        }
    }

    private int ctl(int operation, int fd, int events) throws IOException {
        try {
            return (int) CTL.invokeExact(epfd, operation, fd, Events.toKernel(events));
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    @Override
    public int collect(int timeoutMillis) throws IOException {
        int count;
        if (timeoutMillis != 0 && VirtualThreads.mustPark()) {
            count = epollWait(0);
            if (count == 0) {
                // the JDK's poller watches this engine's descriptor, and the thread leaves its carrier meanwhile
                VirtualThreads.parkUntilReadable(epfd, timeoutMillis > 0 ? TimeUnit.MILLISECONDS.toNanos(timeoutMillis) : 0);
                count = epollWait(0);
            }
        } else {
            count = epollWait(timeoutMillis);
        }
        return count == INTERRUPTED ? 0 : count;
    }

    private int epollWait(int timeoutMillis) throws IOException {
        try {
            return (int) WAIT.invokeExact(epfd, batch, capacity, timeoutMillis);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public int readyFd(int index) {
        try {
            long event = (long) GET_EVENT.invokeExact(batch, index);
            return (int) GET_DESCRIPTOR.invokeExact(event);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    @Override
    public int readyEvents(int index) {
        try {
            long event = (long) GET_EVENT.invokeExact(batch, index);
            return Events.ofKernel((int) GET_EVENTS.invokeExact(event));
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            free(batch);
        } finally {
            if (owned) {
                Descriptors.close(epfd);
            }
        }
    }
}
