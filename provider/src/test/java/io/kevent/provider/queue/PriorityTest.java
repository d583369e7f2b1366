// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.UserKnote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which event is delivered first. */
class PriorityTest {
    private TestQueue events;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
    }

    @AfterEach
    void close() throws IOException {
        events.close();
    }

    private UserKnote user(int priority) {
        return events.queue.user(KeventQueue.priority(priority), priority);
    }

    private List<Object> takeAll() throws IOException {
        List<Object> attachments = new ArrayList<>();
        events.queue.poll(events.batch);
        while (events.batch.next()) {
            attachments.add(events.batch.attachment());
        }
        return attachments;
    }

    @Test
    void higherPriorityIsDeliveredFirst() throws Exception {
        for (int priority : new int[] {3, 0, 7, 5, 1}) {
            user(priority).trigger();
        }
        assertEquals(List.of(7, 5, 3, 1, 0), takeAll());
    }

    @Test
    void samePriorityIsDeliveredInTheOrderOfTheEvents() throws Exception {
        List<UserKnote> knotes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            knotes.add(events.queue.user(0, i));
        }
        for (int i : new int[] {2, 0, 4, 1, 3, 2, 0}) {
            knotes.get(i).trigger();
        }
        assertEquals(List.of(2, 0, 4, 1, 3), takeAll());
    }

    @Test
    void pendingEventMovesWithItsKnotesPriority() throws Exception {
        UserKnote raised = user(2);
        raised.trigger();
        user(4).trigger();
        raised.priority(6);
        assertEquals(List.of(2, 4), takeAll());
    }

    @Test
    void pendingEventMovesBehindThoseOfItsNewPriority() throws Exception {
        UserKnote lowered = user(6);
        lowered.trigger();
        user(4).trigger();
        lowered.priority(4);
        assertEquals(List.of(4, 6), takeAll());
    }

    @Test
    void samePriorityAgainMovesNothing() throws Exception {
        UserKnote first = events.queue.user(0, "first");
        first.trigger();
        events.queue.user(0, "second").trigger();
        first.priority(Knote.NORM_PRIORITY);
        assertEquals(List.of("first", "second"), takeAll());
    }

    @Test
    void lowestPriorityIsNotPassedOverMoreOftenThanTheBound() throws Exception {
        UserKnote high = user(Knote.MAX_PRIORITY);
        UserKnote low = user(Knote.MIN_PRIORITY);
        low.trigger();
        EventBatch batch = events.queue.newBatch(1);
        int passedOver = -1;
        do {
            high.trigger();
            assertEquals(1, events.queue.take(batch));
            assertTrue(batch.next());
            passedOver++;
        } while (batch.knote() == high);
        assertEquals(ReadyRings.BOUND, passedOver);
    }

    @Test
    void prioritiesThatAreNoneAreRefusedByName() {
        for (int priority : new int[] {-1, 8, Integer.MAX_VALUE}) {
            String message = assertThrows(IllegalArgumentException.class, () -> KeventQueue.priority(priority)).getMessage();
            assertTrue(message.contains("priority " + priority), message);
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> events.queue.user(0xf << 16, null)).getMessage().contains("priority"));
    }
}
