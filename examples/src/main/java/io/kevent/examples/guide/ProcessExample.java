// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.ProcessKnote;

/** Processes: waits for the end of a child, and of another of which only the handle is known. */
public final class ProcessExample {
    private ProcessExample() { }

    public static void main(String[] args) throws Exception {
        try (KeventQueue queue = KeventQueue.open()) {
            EventBatch batch = queue.newBatch(8);

            Process child = new ProcessBuilder("sh", "-c", "exit 3").start();
            queue.process(child, 0, "child");
            report(queue, batch);

            ProcessHandle other = new ProcessBuilder("true").start().toHandle();
            queue.process(other, 0, "other");
            report(queue, batch);
        }
    }

    private static void report(KeventQueue queue, EventBatch batch) throws Exception {
        queue.take(batch);
        while (batch.next()) {
            boolean isKnown = batch.data() != ProcessKnote.UNKNOWN_STATUS;
            System.out.println(batch.attachment() + " has ended, status " + (isKnown ? batch.data() : "unknown"));
            batch.knote().delete();
        }
    }
}
