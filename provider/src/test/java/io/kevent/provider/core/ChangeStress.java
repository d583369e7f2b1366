// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Events;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_ONESHOT;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

/** Owners that change the interest of a knote and the collector race; run by {@link JcstressTest}. Reading is 1, writing is 4. */
public final class ChangeStress {
    private static final int NOTHING = -1;
    private static final int MANY = 9;
    private static final int OPERATIONS = OP_READ | OP_WRITE;

    private ChangeStress() { }

    /** What the scenarios have in common. */
    abstract static class Scenario {
        final ChangeList changes = new ChangeList();
        final TestKnote knote = new TestKnote(0);

        /** What the collector does with the list, as far as the interest is concerned. Returns the operations that it saw last. */
        final int collect() {
            int seen = NOTHING;
            Knote next;
            for (Knote changed = changes.takeAll(); changed != null; changed = next) {
                next = changed.leaveList();
                seen = changed.noteInterest(false) & OPERATIONS;
            }
            return seen;
        }

        final void setNoted(int interest) {
            knote.interest(interest, changes);
            collect();
        }

        /** Bounded, since a knote that is queued twice makes a ring of the list. */
        final int queued() {
            int count = 0;
            for (Knote changed = changes.takeAll(); changed != null && count < MANY; changed = changed.nextChange) {
                count++;
            }
            return count;
        }
    }

    /** Two owners change a knote: it is queued once. The interest that is left; times queued. */
    @JCStressTest
    @Outcome(id = {"1, 1", "4, 1"}, expect = Expect.ACCEPTABLE, desc = "one of them was last, and the collector will see it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or queued twice")
    @State
    public static class TwoOwners extends Scenario {
        @Actor
        public void reader() {
            knote.interest(OP_READ, changes);
        }

        @Actor
        public void writer() {
            knote.interest(OP_WRITE, changes);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = knote.interest();
            result.r2 = queued();
        }
    }

    /** The knote is queued for writing when the owner turns to reading. What this turn of the collector saw; what the next one saw. */
    @JCStressTest
    @Outcome(id = "1, -1", expect = Expect.ACCEPTABLE, desc = "seen at once")
    @Outcome(id = "4, 1", expect = Expect.ACCEPTABLE, desc = "seen by the next turn")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a change is lost")
    @State
    public static class ChangeDuringCollection extends Scenario {
        public ChangeDuringCollection() {
            knote.interest(OP_WRITE, changes);
        }

        @Actor
        public void owner() {
            knote.interest(OP_READ, changes);
        }

        @Actor
        public void collector(II_Result result) {
            result.r1 = collect();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = collect();
        }
    }

    /** The collector could not carry out what it had noted, and the owner changes it. Interest; what counts as turned on; times queued. */
    @JCStressTest
    @Outcome(id = "5, 5, 1", expect = Expect.ACCEPTABLE, desc = "both are tried again")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or queued twice")
    @State
    public static class ChangeDuringRequeue extends Scenario {
        private final int noted;

        public ChangeDuringRequeue() {
            knote.interest(OP_READ, changes);
            changes.takeAll().leaveList();
            noted = knote.noteInterest(false);
        }

        @Actor
        public void owner() {
            knote.interest(OP_READ | OP_WRITE, changes);
        }

        @Actor
        public void collector() {
            knote.requeue(noted, changes);
        }

        @Arbiter
        public void after(III_Result result) {
            result.r1 = knote.interest();
            result.r3 = queued();
            result.r2 = Interest.turnedOn(knote.word());
        }
    }

    /** One-shot is reported while the owner arms it for writing. What was reported; the operations that are left; times queued. */
    @JCStressTest
    @Outcome(id = "1, 4, 1", expect = Expect.ACCEPTABLE, desc = "reported, then armed for writing")
    @Outcome(id = "0, 4, 1", expect = Expect.ACCEPTABLE, desc = "armed for writing, which is not ready")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the report of the old interest emptied the new one")
    @State
    public static class RearmDuringOneShot extends Scenario {
        public RearmDuringOneShot() {
            setNoted(OP_READ | OP_ONESHOT);
        }

        @Actor
        public void owner() {
            knote.interest(OP_WRITE | OP_ONESHOT, changes);
        }

        @Actor
        public void collector(III_Result result) {
            result.r1 = knote.deliver(Events.IN, changes);
        }

        @Arbiter
        public void after(III_Result result) {
            result.r2 = knote.interest() & OPERATIONS;
            result.r3 = queued();
        }
    }

    /** Dispatch is reported while the owner enables. What was reported; what can be reported next; times queued. */
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "enabled, which it was, then reported and disabled")
    @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "reported and disabled, then enabled")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or queued twice")
    @State
    public static class EnableDuringDispatch extends Scenario {
        public EnableDuringDispatch() {
            setNoted(OP_READ | OP_DISPATCH);
        }

        @Actor
        public void owner() {
            knote.interest(OP_READ | OP_DISPATCH, changes);
        }

        @Actor
        public void collector(III_Result result) {
            result.r1 = knote.deliver(Events.IN, changes);
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = queued();
            result.r2 = knote.operationsReady(Events.IN);
        }
    }

    /** Reading went off, which the collector does not know yet, and comes back while an event is offered. Whether it was accepted; noted; times queued. */
    @JCStressTest
    @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "the collector looks whether it is ready")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the kernel goes on as before, and nobody looks")
    @State
    public static class OfferDuringReturn extends Scenario {
        public OfferDuringReturn() {
            setNoted(OP_READ | OP_WAKE_ONE);
            knote.interest(OP_WAKE_ONE, changes);
        }

        @Actor
        public void owner() {
            knote.interest(OP_READ | OP_WAKE_ONE, changes);
        }

        @Actor
        public void other(III_Result result) {
            result.r1 = knote.offer(changes) ? 1 : 0;
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = queued();
            result.r2 = Interest.has(knote.word(), Interest.OFFERED) ? 1 : 0;
        }
    }

    /** What the scenarios below start from: the kernel is asked for reading again and again, and reading may go off quietly. */
    abstract static class Quiet extends Scenario {
        Quiet() {
            knote.interest(OP_READ, changes);
            changes.takeAll().leaveList();
            knote.noteInterest(true);
        }
    }

    /** An interest goes off quietly and comes back while the collector wants to know it. What the collector noted; what its next turn saw. */
    @JCStressTest
    @Outcome(id = "1, -1", expect = Expect.ACCEPTABLE, desc = "noted before it went off, or when it was back")
    @Outcome(id = {"1, 1", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "noted meanwhile; the next turn sees that it is on")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the collector takes for off what is on")
    @State
    public static class OffAndOnQuietly extends Quiet {
        @Actor
        public void owner() {
            knote.interest(0, changes);
            knote.interest(OP_READ, changes);
        }

        @Actor
        public void collector(II_Result result) {
            result.r1 = knote.noteInterest(false) & OPERATIONS;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = collect();
        }
    }

    /** An interest goes off quietly and comes back as another while its event is delivered. What was delivered; what the next turn saw. */
    @JCStressTest
    @Outcome(id = {"0, 4", "1, 4"}, expect = Expect.ACCEPTABLE, desc = "delivered or not, the next turn sees the other")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the collector does not get to know the other")
    @State
    public static class OffQuietlyAndOnAsAnother extends Quiet {
        @Actor
        public void owner() {
            knote.interest(0, changes);
            knote.interest(OP_WRITE, changes);
        }

        @Actor
        public void collector(II_Result result) {
            result.r1 = knote.deliver(Events.IN, changes);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = collect();
        }
    }

    /** What the owner did before it changed the interest is seen by the collector that takes the change. What it took; what it saw. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "taken and seen")
    @Outcome(id = "-1, .*", expect = Expect.ACCEPTABLE, desc = "not taken yet")
    @Outcome(expect = Expect.FORBIDDEN, desc = "taken but not seen")
    @State
    public static class ChangeAsRelease extends Scenario {
        int written;

        @Actor
        public void owner() {
            written = 1;
            knote.interest(OP_READ, changes);
        }

        @Actor
        public void collector(II_Result result) {
            result.r1 = collect();
            result.r2 = written;
        }
    }

    /** An owner queues two knotes while the collector takes. How many it took; how many it takes next. */
    @JCStressTest
    @Outcome(id = {"0, 2", "1, 1", "2, 0"}, expect = Expect.ACCEPTABLE, desc = "each is taken once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or taken twice")
    @State
    public static class PushDuringTake extends Scenario {
        final TestKnote other = new TestKnote(1);

        @Actor
        public void owner() {
            knote.interest(OP_READ, changes);
            other.interest(OP_READ, changes);
        }

        @Actor
        public void collector(II_Result result) {
            result.r1 = queued();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = queued();
        }
    }

    /** Two owners queue a knote each: both are in the list, and in it once. How many there are; whether they differ. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "both")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or queued twice")
    @State
    public static class TwoPushes extends Scenario {
        final TestKnote other = new TestKnote(1);

        @Actor
        public void first() {
            knote.interest(OP_READ, changes);
        }

        @Actor
        public void second() {
            other.interest(OP_READ, changes);
        }

        @Arbiter
        public void after(II_Result result) {
            Knote oldest = changes.takeAll();
            result.r2 = oldest != oldest.nextChange ? 1 : 0;
            for (Knote changed = oldest; changed != null && result.r1 < MANY; changed = changed.nextChange) {
                result.r1++;
            }
        }
    }

    /**
     * The collector ends the quiet of a knote whose owner changes it to another interest and again. How often it is in the list; whether one that was there
     * before still is.
     */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "each once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one of them is lost, or in the list twice")
    @State
    public static class QuietEndedByBoth extends Quiet {
        private final TestKnote other = new TestKnote(1);

        public QuietEndedByBoth() {
            other.interest(OP_READ, changes);
        }

        @Actor
        public void owner() {
            knote.interest(OP_WRITE, changes);
            knote.interest(OP_READ | OP_WRITE, changes);
        }

        @Actor
        public void collector() {
            knote.noteQuiet();
        }

        @Arbiter
        public void after(II_Result result) {
            int count = 0;
            for (Knote changed = changes.takeAll(); changed != null && count < MANY; changed = changed.nextChange) {
                count++;
                result.r1 += changed == knote ? 1 : 0;
                result.r2 += changed == other ? 1 : 0;
            }
        }
    }
}
