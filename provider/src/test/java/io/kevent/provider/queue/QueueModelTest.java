// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ChannelKnote;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.provider.kernel.Events;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Random operations on channels, user events and timers, and two threads that take: each poll delivers what the rules say, and nothing else. */
class QueueModelTest {
    private static final int STEPS = Load.times(200_000);
    private static final int[] OPTIONS = {0, 0, OP_EDGE, OP_ONESHOT, OP_DISPATCH, OP_DISPATCH, OP_EDGE | OP_ONESHOT, OP_EDGE | OP_DISPATCH};
    private static final int[] OPERATIONS = {0, OP_READ, OP_READ, OP_WRITE, OP_READ | OP_WRITE};
    private static final int[] EVENTS = {Events.IN, Events.IN, Events.OUT, Events.IN | Events.OUT};

    /** The first channel also hangs up, and so is not watched for edges: what a hang-up makes ready is no edge. */
    private static final int HANGS_UP = 0;
    private static final int CHANNELS = 4;
    private static final int USERS = 4;
    private static final int TIMERS = 4;

    private final ModelKnote[] models = new ModelKnote[CHANNELS + USERS + TIMERS];
    private Random random;
    private SimulatedQueue queue;
    private long value;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void pollsDeliverWhatTheRulesSay(long seed) throws Exception {
        random = new Random(seed);
        try (SimulatedQueue opened = new SimulatedQueue(16); ModelTaker main = ModelTaker.here(opened); ModelTaker other = ModelTaker.elsewhere(opened)) {
            queue = opened;
            for (int i = 0; i < models.length; i++) {
                models[i] = register(i, null);
            }
            ModelTaker[] takers = {main, other};
            ModelPoll polls = new ModelPoll(models);
            for (int step = 0; step < STEPS; step++) {
                int at = random.nextInt(models.length);
                try {
                    if (random.nextInt(3) == 0) {
                        take(polls, takers[random.nextInt(2)]);
                    } else if (random.nextInt(40) == 0) {
                        delete(at, main);
                    } else {
                        change(models[at], at);
                    }
                    models[at].assertSame();
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("seed " + seed + ", step " + step + ", " + models[at] + ": " + e.getMessage(), e);
                }
            }
        }
    }

    // ---- registering

    private ModelKnote register(int at, ModelKnote before) throws Exception {
        boolean enabled = random.nextInt(4) != 0;
        int flags = interest(at) | (enabled ? 0 : KeventQueue.DISABLED) | KeventQueue.priority(random.nextInt(Knote.MAX_PRIORITY + 1));
        int ops = KeventQueue.opsOf(flags);
        if (at < CHANNELS) {
            int ready = before == null ? 0 : ((ModelChannel) before).ready;
            ChannelKnote knote = before == null ? queue.channel(flags)
                    : queue.channels.register(((ChannelKnote) before.knote).channel(), flags, null);
            return new ModelChannel(queue, knote, ops, enabled, ready);
        }
        if (at < CHANNELS + USERS) {
            return new ModelOccurrence.User(queue.user(flags), ops, enabled);
        }
        long delay = random.nextInt(50);
        long period = period();
        return new ModelOccurrence.Timer(queue.timer(delay, period, flags), ops, enabled, delay, period, queue.clock);
    }

    private int interest(int at) {
        int options = OPTIONS[random.nextInt(OPTIONS.length)];
        if (at == HANGS_UP) {
            options &= ~OP_EDGE;
        }
        return options | (at < CHANNELS ? OPERATIONS[random.nextInt(OPERATIONS.length)] : 0);
    }

    private long period() {
        return random.nextBoolean() ? 0 : 1 + random.nextInt(30);
    }

    private void delete(int at, ModelTaker main) throws Exception {
        ModelKnote model = models[at];
        if (random.nextBoolean()) {
            model.knote.delete();
        } else {
            boolean othersHandle = model.begun > main.handled(model);
            assertEquals(!othersHandle, model.knote.deleteAndAwait(0, TimeUnit.NANOSECONDS), "nobody else handles it");
        }
        model.deleted = true;
        model.assertSame();
        models[at] = register(at, model);
    }

    // ---- taking

    private void take(ModelPoll polls, ModelTaker taker) {
        switch (random.nextInt(8)) {
            case 0:
                taker.clear();
                break;
            case 1: case 2: case 3: case 4:
                taker.next();
                break;
            case 5:
                polls.run(taker, 1 + random.nextInt(3));
                break;
            default:
                polls.run(taker, ModelTaker.CAPACITY);
                break;
        }
    }

    // ---- what happens to a knote

    private void change(ModelKnote model, int at) throws Exception {
        switch (random.nextInt(20)) {
            case 0:
                int ops = interest(at);
                model.knote.interestOps(ops);
                arm(model, ops);
                break;
            case 1: case 2:
                model.knote.disable();
                model.set(model.interest, false);
                break;
            case 3: case 4: case 5: case 6:
                model.knote.enable();
                model.set(model.interest, true);
                break;
            case 7:
                if (random.nextInt(4) == 0) {
                    model.knote.forceOneshot();
                    model.force();
                }
                break;
            case 8:
                model.knote.priority(random.nextInt(Knote.MAX_PRIORITY + 1));
                break;
            case 9:
                registerAgain(model, at);
                break;
            default:
                happen(model, at);
                break;
        }
    }

    private static void arm(ModelKnote model, int ops) {
        if (model instanceof ModelOccurrence) {
            ((ModelOccurrence) model).arm(ops);
        } else {
            model.set(ops, true);
        }
    }

    private void registerAgain(ModelKnote model, int at) throws Exception {
        if (model instanceof ModelChannel) {
            boolean enabled = random.nextBoolean();
            int ops = interest(at);
            assertEquals(model.knote, queue.channels.register(((ChannelKnote) model.knote).channel(), ops | (enabled ? 0 : KeventQueue.DISABLED), null));
            model.set(ops, enabled);
        }
    }

    private void happen(ModelKnote model, int at) {
        if (model instanceof ModelChannel) {
            ModelChannel channel = (ModelChannel) model;
            int events = at == HANGS_UP && random.nextInt(8) == 0 ? Events.HUP : EVENTS[random.nextInt(EVENTS.length)];
            if (random.nextBoolean()) {
                channel.arrive(events);
            } else {
                channel.drain(events);
            }
        } else if (model instanceof ModelOccurrence.User) {
            ((ModelOccurrence.User) model).trigger(++value);
        } else if (random.nextInt(6) == 0) {
            ((ModelOccurrence.Timer) model).start(random.nextInt(50), period());
        } else if (random.nextInt(10) == 0) {
            ((ModelOccurrence.Timer) model).stop();
        } else {
            advance(random.nextInt(20));
        }
    }

    private void advance(long nanos) {
        queue.clock += nanos;
        for (ModelKnote model : models) {
            if (model instanceof ModelOccurrence.Timer) {
                ((ModelOccurrence.Timer) model).timeIs(queue.clock);
            }
        }
    }
}
