// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.UserKnote;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

import static io.kevent.KeventOps.OP_DISPATCH;

/** Threads race for the events of a dispatcher on the simulated kernel; run by {@code JcstressTest}. */
public final class QueueStress {
    private static final int NOTHING = 0;

    /** Longer than any pause of the machine: a wait that ends by it was not woken. */
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);

    private QueueStress() { }

    /** What the scenarios have in common. */
    abstract static class Scenario {
        final SimulatedQueue queue = new SimulatedQueue(4);
        final UserKnote knote;
        final QueueBatch mine = queue.newBatch(2);
        final QueueBatch others = queue.newBatch(2);

        Scenario(int flags) {
            knote = queue.user(flags);
        }

        /** The value of the one event that is there. */
        final int poll(QueueBatch batch) {
            return queue.poll(batch, 1) == 0 || !batch.next() ? NOTHING : (int) batch.data();
        }

        final int take(QueueBatch batch) {
            return queue.take(batch, 1, 1, BOUND_NANOS) == 0 || !batch.next() ? NOTHING : (int) batch.data();
        }

        /** How many forced events there are. */
        final int pollForced(QueueBatch batch) {
            int forced = 0;
            while (queue.poll(batch, 2) > 0) {
                while (batch.next()) {
                    forced += batch.has(EventBatch.FORCED) ? 1 : 0;
                }
            }
            return forced;
        }
    }

    /** It is triggered twice while a thread polls. What that gets; what the next one gets. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "merged, and got later")
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "both")
    @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "merged, and got at once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or an old value told last")
    @State
    public static class TriggerAgainstPoll extends Scenario {
        public TriggerAgainstPoll() {
            super(0);
        }

        @Actor
        public void trigger() {
            knote.trigger(1);
            knote.trigger(2);
        }

        @Actor
        public void taker(II_Result result) {
            result.r1 = poll(mine);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = poll(others);
        }
    }

    /** A thread waits while another triggers. What it gets. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "got it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "slept on")
    @State
    public static class TriggerAgainstTake extends Scenario {
        public TriggerAgainstTake() {
            super(0);
        }

        @Actor
        public void trigger() {
            knote.trigger(1);
        }

        @Actor
        public void taker(I_Result result) {
            result.r1 = take(mine);
        }
    }

    /** Two threads poll for one event. What each gets; what is left. */
    @JCStressTest
    @Outcome(id = {"1, 0, 0", "0, 1, 0"}, expect = Expect.ACCEPTABLE, desc = "one of them has it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
    @State
    public static class TwoPollers extends Scenario {
        public TwoPollers() {
            super(0);
            knote.trigger(1);
        }

        @Actor
        public void first(III_Result result) {
            result.r1 = poll(mine);
        }

        @Actor
        public void second(III_Result result) {
            result.r2 = poll(others);
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = poll(others);
        }
    }

    /** One waits while another triggers two events and then waits too. */
    @JCStressTest
    @Outcome(id = {"1, 2", "2, 1"}, expect = Expect.ACCEPTABLE, desc = "one each")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or slept on")
    @State
    public static class TwoTriggersAgainstTwoTakers extends Scenario {
        final UserKnote other = queue.user(0);

        public TwoTriggersAgainstTwoTakers() {
            super(0);
        }

        @Actor
        public void sleeper(II_Result result) {
            result.r1 = take(mine);
        }

        @Actor
        public void trigger(II_Result result) {
            knote.trigger(1);
            other.trigger(2);
            result.r2 = take(others);
        }
    }

    /** The knote is disabled, polled and enabled while it is triggered. What the poll gets; what the next one gets. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "kept until it was enabled")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, or delivered while disabled")
    @State
    public static class TriggerAgainstDisable extends Scenario {
        public TriggerAgainstDisable() {
            super(0);
        }

        @Actor
        public void trigger() {
            knote.trigger(1);
        }

        @Actor
        public void owner(II_Result result) {
            knote.disable();
            result.r1 = poll(mine);
            knote.enable();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = poll(others);
        }
    }

    /** Under dispatch it is triggered anew while the thread that handles it enables it. What that thread gets next; what is left. */
    @JCStressTest
    @Outcome(id = {"2, 0", "0, 2"}, expect = Expect.ACCEPTABLE, desc = "delivered once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
    @State
    public static class TriggerAgainstEnable extends Scenario {
        public TriggerAgainstEnable() {
            super(OP_DISPATCH);
            knote.trigger(1);
            poll(mine);
        }

        @Actor
        public void trigger() {
            knote.trigger(2);
        }

        @Actor
        public void handler(II_Result result) {
            knote.enable();
            result.r1 = poll(others);
        }

        @Arbiter
        public void after(II_Result result) {
            knote.enable();
            result.r2 = poll(mine);
        }
    }

    /** The knote is forced while the thread that handles it enables it. How many forced events that gets; how many are left. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "delivered once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
    @State
    public static class ForceAgainstEnable extends Scenario {
        public ForceAgainstEnable() {
            super(OP_DISPATCH);
            knote.trigger(1);
            poll(mine);
        }

        @Actor
        public void forcer() {
            knote.forceOneshot();
        }

        @Actor
        public void handler(II_Result result) {
            knote.enable();
            result.r1 = pollForced(others);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = pollForced(mine);
        }
    }

    /** The knote is forced while the thread that handles it goes on. How many forced events are left. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "delivered once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
    @State
    public static class ForceAgainstEnd extends Scenario {
        public ForceAgainstEnd() {
            super(OP_DISPATCH);
            knote.trigger(1);
            poll(mine);
        }

        @Actor
        public void forcer() {
            knote.forceOneshot();
        }

        @Actor
        public void handler() {
            mine.next();
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = pollForced(others);
        }
    }

    /** A knote is deleted while a thread takes its event. Whether that begins to handle it; how many handlings the deleter sees afterwards. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "begun before the delete")
    @Outcome(id = "false, [01]", expect = Expect.ACCEPTABLE, desc = "not got, or passed over")
    @Outcome(expect = Expect.FORBIDDEN, desc = "begun after the delete")
    @State
    public static class DeleteAgainstTake extends Scenario {
        public DeleteAgainstTake() {
            super(0);
            knote.trigger(1);
        }

        @Actor
        public void deleter(ZI_Result result) {
            knote.delete();
            result.r2 = ((QueueKnote) knote).begun();
        }

        @Actor
        public void taker(ZI_Result result) {
            result.r1 = queue.poll(mine, 1) > 0 && mine.next();
        }
    }
}
