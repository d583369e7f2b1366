// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

/** A thread that takes events, and which of them it should be handling. One thing happens at a time, whichever thread does it. */
final class ModelTaker implements AutoCloseable {
    static final int CAPACITY = 64;

    /** What is in a batch shows only when it is handled; the model wants to know before. */
    private static final Field KNOTES = knotes();

    final QueueBatch batch;

    private final SimulatedQueue queue;
    private final ExecutorService thread;
    private final List<ModelKnote.Event> events = new ArrayList<>();
    private int cursor = -1;

    private ModelTaker(SimulatedQueue queue, ExecutorService thread) {
        this.queue = queue;
        this.batch = queue.newBatch(CAPACITY);
        this.thread = thread;
    }

    static ModelTaker here(SimulatedQueue queue) {
        return new ModelTaker(queue, null);
    }

    static ModelTaker elsewhere(SimulatedQueue queue) {
        return new ModelTaker(queue, Executors.newSingleThreadExecutor());
    }

    private static Field knotes() {
        try {
            Field field = QueueBatch.class.getDeclaredField("knotes");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    ReadyKnote knoteAt(int index) {
        try {
            return ((ReadyKnote[]) KNOTES.get(batch))[index];
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    int handled(ModelKnote model) {
        return cursor >= 0 && cursor < events.size() && events.get(cursor).model == model ? 1 : 0;
    }

    void add(ModelKnote.Event event) {
        events.add(event);
    }

    int poll(int max) {
        if (thread == null) {
            return queue.poll(batch, max);
        }
        try {
            return thread.submit(() -> queue.poll(batch, max)).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Goes on to the next event. */
    void next() {
        if (cursor >= 0 && cursor < events.size()) {
            ModelKnote.Event ended = events.get(cursor);
            ended.model.end(ended);
        }
        do {
            cursor = Math.min(cursor + 1, events.size());
        } while (cursor < events.size() && !events.get(cursor).model.begin(events.get(cursor)));
        assertEquals(cursor < events.size(), batch.next(), "there is another event");
        if (cursor < events.size()) {
            ModelKnote.Event event = events.get(cursor);
            assertSame(event.model.knote, batch.knote());
            assertEquals(event.ops, batch.readyOps());
            assertEquals(event.data, batch.data());
        }
    }

    void clear() {
        batch.clear();
        giveBack();
        assertEquals(0, batch.size());
    }

    /** What the model makes of a batch that is used again. */
    void giveBack() {
        if (cursor >= 0 && cursor < events.size()) {
            events.get(cursor).model.end(events.get(cursor));
        }
        for (int i = cursor + 1; i < events.size(); i++) {
            events.get(i).model.giveBack(events.get(i));
        }
        events.clear();
        cursor = -1;
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdown();
        }
    }
}
