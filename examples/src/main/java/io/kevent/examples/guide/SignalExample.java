// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.SignalKnote;

/** Signals: waits for one that it sends to itself; its name may be given. */
public final class SignalExample {
    private SignalExample() { }

    public static void main(String[] args) throws Exception {
        String name = args.length > 0 ? args[0] : "HUP";
        try (KeventQueue queue = KeventQueue.open()) {
            queue.signal(name, 0, "read the configuration again");
            new ProcessBuilder("kill", "-s", name, Long.toString(ProcessHandle.current().pid())).start();

            EventBatch batch = queue.newBatch(8);
            queue.take(batch);
            while (batch.next()) {
                SignalKnote signal = (SignalKnote) batch.knote();
                System.out.println(signal.signal() + " came " + batch.data() + " time: " + batch.attachment());
            }
        }
    }
}
