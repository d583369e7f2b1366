// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import java.util.List;

/** What a thread has taken and not come to goes back to the queue. */
public final class GivingBackExample {
    private GivingBackExample() { }

    public static void main(String[] args) throws Exception {
        try (KeventQueue queue = KeventQueue.open()) {
            for (String name : List.of("one", "two", "three")) {
                queue.user(0, name).trigger();
            }
            EventBatch batch = queue.newBatch(8);
            System.out.println("taken: " + queue.take(batch));
            batch.next();
            System.out.println("handled: " + batch.attachment());
            batch.clear();                                  // has done; "two" and "three" go back

            System.out.println("taken again: " + queue.poll(batch));
        }
    }
}
