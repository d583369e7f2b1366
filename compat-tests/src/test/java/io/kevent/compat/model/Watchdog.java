// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tells which step of which run hangs, should one hang, and interrupts it, so that it is reported as any other difference. */
final class Watchdog implements Run.Progress, AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(20);

    private final Thread worker = Thread.currentThread();
    private final Thread watcher = new Thread(this::watch, "model-watchdog");
    private volatile String run = "";
    private volatile Step step;
    private volatile List<Step> steps = List.of();

    Watchdog() {
        watcher.setDaemon(true);
        watcher.start();
    }

    /** Says which run the next steps belong to. */
    void runs(String name) {
        run = name;
    }

    @Override
    public void begins(Step next, List<Step> all) {
        steps = all;
        step = next;
    }

    @Override
    public void close() {
        watcher.interrupt();
    }

    private void watch() {
        Step seen = null;
        try {
            while (true) {
                Thread.sleep(PATIENCE);
                Step now = step;
                if (now != null && now == seen) {
                    System.err.println("model: step " + (steps.size() - 1) + " hangs: " + now + " of the run with " + run);
                    for (StackTraceElement frame : worker.getStackTrace()) {
                        System.err.println("    at " + frame);
                    }
                    worker.interrupt();
                }
                seen = now;
            }
        } catch (InterruptedException e) {
            return;
        }
    }
}
