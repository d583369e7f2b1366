// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.install;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** Finds out for whom a thread waits. */
final class LockHolder {

    private LockHolder() { }

    /** Who holds the monitor that a thread waits for, and where in the application's code, to stand in a sentence. */
    static String of(Thread waiting) {
        if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
            return "the application";
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ThreadInfo waiter = threads.getThreadInfo(waiting.getId());
        if (waiter == null || waiter.getLockOwnerId() < 0) {
            // it has just let go, or is a virtual thread, which is not shown
            return "the application";
        }
        ThreadInfo holder = threads.getThreadInfo(waiter.getLockOwnerId(), Integer.MAX_VALUE);
        return "thread \"" + waiter.getLockOwnerName() + "\"" + (holder == null ? "" : place(holder.getStackTrace()));
    }

    private static String place(StackTraceElement[] stack) {
        // the JDK's and kevent's own classes bear a module's name, or none that says what the application does
        return Arrays.stream(stack).filter(frame -> frame.getModuleName() == null && !frame.getClassName().startsWith("io.kevent.provider."))
                .findFirst().map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")").orElse("");
    }
}
