// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.SignalKnote;

/** Watches the signals that would end it, sends them to itself and prints what it is told; then ends by the default action of the last. */
final class SignalledProgram {
    /** The property that names them, the last being TERM. */
    static final String SIGNALS = "signals";

    private SignalledProgram() { }

    public static void main(String[] args) throws Exception {
        try (KeventQueue queue = KeventQueue.open()) {
            EventBatch batch = queue.newBatch(1);
            for (String name : System.getProperty(SIGNALS).split(",")) {
                SignalKnote knote = queue.signal(name, 0, null);
                raise(name);
                queue.take(batch);
                batch.next();
                System.out.println(((SignalKnote) batch.knote()).signal() + " " + batch.data());
                if (!name.equals("TERM")) {
                    knote.delete();
                }
            }
        }
        System.out.println("closed");
        raise("TERM");
        // the default action ends the process
        Thread.currentThread().join();
    }

    private static void raise(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(ProcessHandle.current().pid())).inheritIO().start().waitFor();
    }
}
