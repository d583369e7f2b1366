// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;
import java.lang.invoke.MethodHandle;

/**
 * {@link Doorbell} by an eventfd. It is watched edge-triggered, so that each ring is told once and its counter need never be read back: it would take
 * 2^64 rings to fill it.
 */
final class EventFdDoorbell implements Doorbell {
    private static final Binding EVENT_FD = Binding.to("EventFD");
    private static final MethodHandle CREATE = EVENT_FD.staticMethod("eventfd0", int.class);
    private static final MethodHandle SET = EVENT_FD.staticMethod("set0", int.class, int.class);

    private final int fd;

    EventFdDoorbell(Engine engine) throws IOException {
        try {
            fd = (int) CREATE.invokeExact();
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
        try {
            engine.add(fd, Events.IN | Events.EDGE);
        } catch (IOException | RuntimeException | Error e) {
            Descriptors.close(fd);
            throw e;
        }
    }

    @Override
    public void ring() throws IOException {
        ring(fd);
    }

    static void ring(int fd) throws IOException {
        try {
            // throws by itself when the write fails; the value says nothing more
            int ignored = (int) SET.invokeExact(fd);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    @Override
    public void close() throws IOException {
        Descriptors.close(fd);
    }
}
