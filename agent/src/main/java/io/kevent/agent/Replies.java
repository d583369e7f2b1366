// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import io.kevent.agent.protocol.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where the command line reads replies: a system property for each request, taken away again after a while, whether it was read or not. The thread that
 * sees to that ends itself when there is nothing left to take away. Any thread.
 */
final class Replies {
    /** Who asked reads the reply at once; this is for one that was held up, and does not tell how long it would wait. */
    private static final Duration LIFE = Duration.ofSeconds(10);

    /** Whoever waits longer may find nothing. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    /** So long a JVM goes on publishing figures for one that may be gone. */
    private static final Duration LONGEST_LEASE = Duration.ofSeconds(60);

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(50);

    private final Duration life;
    private final ScheduledThreadPoolExecutor timer;

    /** By the request's id; guarded by this. */
    private final Map<String, Posting> posted = new HashMap<>();

    Replies() {
        this(LIFE);
    }

    /** With another life of a reply to one who does not tell how long it waits. */
    Replies(Duration life) {
        this.life = life;
        timer = new ScheduledThreadPoolExecutor(1, Replies::thread);
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Nothing of the thread that happens to be the first goes along: no context class loader, no inheritable thread locals. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "kevent-agent-replies", 0, false);
        thread.setContextClassLoader(null);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Replies once, to one who waits for so long, or does not tell if that is zero: the JVM serves one request after another, and the one that takes the reply may have to wait for that of
     * somebody else.
     */
    synchronized void post(String id, String json, Duration limit) {
        Posting posting = replace(id);
        System.setProperty(Reply.property(id), json);
        endIn(limit.isZero() ? life : shorter(limit, LONGEST_LIFE), id, posting);
    }

    /** Replies now and at each interval until the lease is over. The same id again begins a new lease. */
    synchronized void watch(String id, Supplier<String> json, Duration interval, Duration lease) {
        Posting posting = replace(id);
        System.setProperty(Reply.property(id), json.get());
        long period = Math.max(interval.toMillis(), SHORTEST_INTERVAL.toMillis());
        posting.tasks.add(timer.scheduleWithFixedDelay(() -> update(id, posting, json), period, period, TimeUnit.MILLISECONDS));
        endIn(shorter(lease, LONGEST_LEASE), id, posting);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Posting replace(String id) {
        Posting posting = new Posting();
        Posting earlier = posted.put(id, posting);
        if (earlier != null) {
            earlier.cancel();
        }
        return posting;
    }

    private void endIn(Duration time, String id, Posting posting) {
        posting.tasks.add(timer.schedule(() -> end(id, posting), time.toMillis(), TimeUnit.MILLISECONDS));
    }

    private synchronized void update(String id, Posting posting, Supplier<String> json) {
        if (posted.get(id) == posting) {
            System.setProperty(Reply.property(id), json.get());
        }
    }

    private synchronized void end(String id, Posting posting) {
        if (posted.remove(id, posting)) {
            posting.cancel();
            System.clearProperty(Reply.property(id));
        }
    }

    /** What is under way for one request. A task that was already running when it was cancelled finds another posting in its place. */
    private static final class Posting {
        private final List<Future<?>> tasks = new ArrayList<>();

        private void cancel() {
            tasks.forEach(task -> task.cancel(false));
        }
    }
}
