// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;
import java.lang.invoke.MethodHandle;

/** {@link Probe} by poll(2), through the native method of {@code sun.nio.ch.PollSelectorImpl}; the questions are an array of {@code struct pollfd}. */
final class PollProbe implements Probe {
    private static final MethodHandle POLL =
            Binding.to("PollSelectorImpl").staticMethod("poll", int.class, long.class, int.class, int.class);
    private static final MethodHandle ALLOCATE = Binding.to("AllocatedNativeObject").constructor(Object.class, int.class, boolean.class);
    private static final MethodHandle FREE = Binding.to("AllocatedNativeObject").method("free", void.class);
    private static final Binding MEMORY = Binding.to("NativeObject");
    private static final MethodHandle ADDRESS = MEMORY.method("address", long.class);
    private static final MethodHandle GET_INT = MEMORY.method("getInt", int.class, int.class);
    private static final MethodHandle GET_SHORT = MEMORY.method("getShort", short.class, int.class);
    private static final MethodHandle PUT_INT = MEMORY.method("putInt", void.class, int.class, int.class);
    private static final MethodHandle PUT_SHORT = MEMORY.method("putShort", void.class, int.class, short.class);

    /** {@code struct pollfd { int fd; short events; short revents; }}. */
    private static final int SIZE = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private static final int FIRST_CAPACITY = 16;

    /** What {@code poll} returns for EINTR ({@code sun.nio.ch.IOStatus}). */
    private static final int INTERRUPTED = -3;

    /** Null until the first question: most selectors never ask one. */
    private Object memory;
    private int capacity;

    @Override
    public void ask(int index, int fd, int events) {
        if (index >= capacity) {
            grow(index);
        }
        try {
            int at = index * SIZE;
            PUT_INT.invokeExact(memory, at, fd);
            PUT_SHORT.invokeExact(memory, at + EVENTS, (short) Events.toKernel(events));
            PUT_SHORT.invokeExact(memory, at + REVENTS, (short) 0);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    private void grow(int index) {
        int wanted = Math.max(FIRST_CAPACITY, capacity);
        while (wanted <= index) {
            wanted *= 2;
        }
        try {
            Object larger = (Object) ALLOCATE.invokeExact(wanted * SIZE, false);
            for (int at = 0; at < index * SIZE; at += Integer.BYTES) {
                PUT_INT.invokeExact(larger, at, (int) GET_INT.invokeExact(memory, at));
            }
            close();
            memory = larger;
            capacity = wanted;
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    @Override
    public void run(int count) throws IOException {
        try {
            long address = (long) ADDRESS.invokeExact(memory);
            int ready;
            do {
                ready = (int) POLL.invokeExact(address, count, 0);
            } while (ready == INTERRUPTED);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    @Override
    public int answer(int index) {
        try {
            return Events.ofKernel((short) GET_SHORT.invokeExact(memory, index * SIZE + REVENTS));
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    @Override
    public void close() {
        if (memory != null) {
            try {
                FREE.invokeExact(memory);
            } catch (Throwable t) {
                throw SystemCall.<RuntimeException>rethrow(t);
            }
            memory = null;
            capacity = 0;
        }
    }
}
