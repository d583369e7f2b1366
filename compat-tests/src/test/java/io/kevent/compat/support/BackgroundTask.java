// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static org.junit.jupiter.api.Assertions.fail;

/** Something that another thread does meanwhile. Its result, or what it threw, is handed over by {@link #result}. */
public final class BackgroundTask<T> {

    private final FutureTask<T> task;
    private final Thread thread;

    private BackgroundTask(Callable<T> work) {
        task = new FutureTask<>(work);
        thread = new Thread(task, "background task");
        thread.setDaemon(true);
    }

    public static <T> BackgroundTask<T> start(Callable<T> work) {
        BackgroundTask<T> started = new BackgroundTask<>(work);
        started.thread.start();
        return started;
    }

    /** Starts the work and returns when it is blocked. */
    public static <T> BackgroundTask<T> startAndBlock(Callable<T> work) throws Exception {
        BackgroundTask<T> started = start(work);
        Waiting.untilBlocked(started.thread);
        return started;
    }

    public Thread thread() {
        return thread;
    }

    public boolean isDone() {
        return task.isDone();
    }

    public T result() throws Exception {
        try {
            T result = task.get(Waiting.LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            thread.join(Waiting.LIMIT.toMillis());
            return result;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception) {
                throw (Exception) e.getCause();
            }
            throw (Error) e.getCause();
        } catch (TimeoutException e) {
            StringBuilder where = new StringBuilder("the background task does not end; it is at");
            for (StackTraceElement frame : thread.getStackTrace()) {
                where.append("\n    ").append(frame);
            }
            return fail(where.toString(), e);
        }
    }
}
