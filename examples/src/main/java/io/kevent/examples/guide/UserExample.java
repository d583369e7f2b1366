// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.UserKnote;

import static io.kevent.UserKnote.FlagOperation.OR;

/** User events: triggers are merged until they are delivered. */
public final class UserExample {
    private static final int CONFIGURATION = 1;
    private static final int CERTIFICATES = 1 << 1;

    private UserExample() { }

    public static void main(String[] args) throws Exception {
        try (KeventQueue queue = KeventQueue.open()) {
            UserKnote reload = queue.user(0, "reload");

            // any thread, any number of times
            reload.trigger(1, OR, CONFIGURATION);
            reload.trigger(2, OR, CERTIFICATES);

            EventBatch batch = queue.newBatch(8);
            queue.take(batch);
            while (batch.next()) {
                System.out.println(batch.attachment() + ": value " + batch.data() + ", flags " + batch.filterFlags());
                reload.flags(UserKnote.FlagOperation.COPY, 0);      // they stay until they are changed
            }
            System.out.println("more: " + queue.poll(batch));
        }
    }
}
