// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.Knote;
import io.kevent.provider.queue.TestQueue;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of the contract begin with: a queue. */
abstract class SourceContract {
    static final Object ATTACHMENT = "attachment";

    TestQueue events;

    @BeforeEach
    void openQueue() throws IOException {
        events = new TestQueue();
    }

    @AfterEach
    void closeQueue() throws IOException {
        events.close();
    }

    final Knote register(SourceUnderTest source, int flags) throws Exception {
        return source.register(events.queue, flags, ATTACHMENT);
    }

    /** Waits for the event, and does about it what is to be done. */
    final void awaitAndDrain(SourceUnderTest source, Knote knote) throws Exception {
        events.awaitEventOf(knote);
        source.drain();
    }
}
