// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;

/** The one place where results of the JDK's native methods are judged. */
final class SystemCall {
    static final int ENOENT = 2;
    static final int EBADF = 9;

    private static final int EPERM = 1;
    private static final int ENOMEM = 12;
    private static final int EEXIST = 17;
    private static final int ENOSPC = 28;

    private SystemCall() { }

    /** Throws what an errno stands for, unless it is 0. */
    static void check(int errno, String call, int fd, int events) throws IOException {
        if (errno != 0) {
            throw new IOException(call + " of descriptor " + fd + " for " + Events.toString(events) + " failed: " + describe(errno));
        }
    }

    private static String describe(int errno) {
        switch (errno) {
            case EPERM: return "EPERM, a descriptor of this kind cannot be watched";
            case ENOENT: return "ENOENT, it is not watched";
            case EBADF: return "EBADF, it is not open";
            case ENOMEM: return "ENOMEM, the kernel has no memory left";
            case EEXIST: return "EEXIST, it is watched already";
            case ENOSPC: return "ENOSPC, the limit /proc/sys/fs/epoll/max_user_watches is reached";
            default: return "errno " + errno;
        }
    }

    /**
     * Hands on what a method handle threw: the handles below throw what the methods behind them declare, I/O errors and unchecked ones.
     *
     * @return never; the type lets the caller write {@code throw}
     */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException rethrow(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
