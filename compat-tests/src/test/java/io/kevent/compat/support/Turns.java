// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.util.concurrent.TimeUnit;

/** Does the same thing over and over in a thread of its own, and fails at the end if it failed once. */
final class Turns {
    interface Turn {
        void take() throws Exception;
    }

    private final String done;
    private final Thread thread;
    private volatile boolean over;
    private volatile int count;
    private volatile Throwable failure;

    /** Begins; the words say what is done, for the reader of the log. */
    Turns(String done, Turn turn) {
        this.done = done;
        // once before all else: what the JVM opens with the first and keeps is there then
        try {
            turn.take();
        } catch (Exception e) {
            throw new IllegalStateException("not even once " + done, e);
        }
        this.thread = new Thread(() -> take(turn), done);
        thread.setDaemon(true);
        thread.start();
    }

    private void take(Turn turn) {
        try {
            while (!over) {
                turn.take();
                count++;
            }
        } catch (Throwable t) {
            failure = t;
        }
    }

    void end() {
        over = true;
        try {
            thread.join(TimeUnit.MINUTES.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.println(done + " " + count + " times");
        if (failure != null || thread.isAlive() || count == 0) {
            throw new IllegalStateException("turn " + count + " failed", failure);
        }
    }
}
