// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Bounds what the attach API does not: it waits for the answer of a JVM without end. What is late is left to a daemon thread. */
final class TimeLimit {

    private TimeLimit() { }

    static <T> FutureTask<T> start(Callable<T> callable) {
        FutureTask<T> task = new FutureTask<>(callable);
        Thread thread = new Thread(task, "kevent-attach");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** What the task gives or throws; {@link ExitCode#NO_ANSWER} with the given sentence if it takes too long. */
    static <T> T await(FutureTask<T> task, Duration limit, String late) throws Exception {
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailure(ExitCode.NO_ANSWER, late, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw e;
        }
    }
}
