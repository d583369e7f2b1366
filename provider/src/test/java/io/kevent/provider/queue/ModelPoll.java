// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** Polls, and compares what comes with what the knotes should have to tell. */
final class ModelPoll {
    private final ModelKnote[] models;

    /** Whether a poll that was full may have left channels in the ring. */
    private boolean left;

    ModelPoll(ModelKnote[] models) {
        this.models = models;
    }

    void run(ModelTaker taker, int max) {
        taker.giveBack();
        boolean exact = !left;
        for (ModelKnote model : models) {
            exact &= !model.isDeliverable();
        }
        runTimers();
        int must = 0;
        int may = 0;
        for (ModelKnote model : models) {
            boolean certain = isCertain(model, exact);
            must += certain ? 1 : 0;
            may += certain || mayBeTold(model) ? 1 : 0;
        }
        int count = taker.poll(max);
        if (count < Math.min(max, must) || count > Math.min(max, may)) {
            fail(count + " events, of " + must + " to " + may + (exact ? " exactly: " : ": ") + taken(taker, count) + " of " + Arrays.toString(models));
        }
        List<ModelKnote> told = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ModelKnote model = modelOf(taker.knoteAt(i));
            assertFalse(told.contains(model), () -> "told twice: " + model);
            told.add(model);
            taker.add(model.delivered(taker.batch, i, exact));
        }
        boolean full = count == max;
        for (ModelKnote model : models) {
            assertTrue(full || told.contains(model) || !isCertain(model, exact), () -> "not told: " + model);
        }
        settle(told, full, exact);
    }

    private List<ModelKnote> taken(ModelTaker taker, int count) {
        List<ModelKnote> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(modelOf(taker.knoteAt(i)));
        }
        return taken;
    }

    private void settle(List<ModelKnote> told, boolean full, boolean exact) {
        left = full;
        for (ModelKnote model : models) {
            if (model instanceof ModelChannel && !(full && told.contains(model))) {
                ((ModelChannel) model).polled(full, exact);
            }
        }
    }

    private void runTimers() {
        for (ModelKnote model : models) {
            if (model instanceof ModelOccurrence.Timer) {
                ((ModelOccurrence.Timer) model).run();
            }
        }
    }

    private static boolean isCertain(ModelKnote model, boolean exact) {
        return model.isDeliverable() || exact && model instanceof ModelChannel && ((ModelChannel) model).wanted() != 0;
    }

    private static boolean mayBeTold(ModelKnote model) {
        return model instanceof ModelChannel && ((ModelChannel) model).mayBeTold();
    }

    private ModelKnote modelOf(ReadyKnote knote) {
        for (ModelKnote model : models) {
            if (model.knote == knote) {
                return model;
            }
        }
        assertEquals(null, knote, "an event of a knote that is deleted");
        return null;
    }
}
