// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZI_Result;
import org.openjdk.jcstress.infra.results.ZII_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Threads that handle events race with one that deletes the knote, or waits for the end; run by {@code JcstressTest}. */
public final class HandlingStress {

    private HandlingStress() { }

    /** A knote of which nothing but the handling matters, with one event in a batch. */
    static class Scenario extends Handling {
        final AtomicInteger told = new AtomicInteger();

        Scenario() {
            delivered();
        }

        @Override
        final void handlingEnded() {
            told.incrementAndGet();
        }
    }

    /**
     * Who deletes waits if it sees a handling that has begun: whoever begins is seen or passes the event over, and one that was seen and then passed it over
     * tells. Whether the handling began; how many the deleter saw; how often an end was told.
     */
    @JCStressTest
    @Outcome(id = "true, 1, 0", expect = Expect.ACCEPTABLE, desc = "begun and seen")
    @Outcome(id = "false, 0, [01]", expect = Expect.ACCEPTABLE, desc = "passed over")
    @Outcome(id = "false, 1, 1", expect = Expect.ACCEPTABLE, desc = "passed over, and the deleter is told")
    @Outcome(expect = Expect.FORBIDDEN, desc = "begun after the delete, or waited for in vain")
    @State
    public static class BeginAgainstDelete extends Scenario {
        @Actor
        public void worker(ZII_Result result) {
            result.r1 = begin();
        }

        @Actor
        public void deleter(ZII_Result result) {
            markDeleted();
            askAttention();
            result.r2 = begun();
        }

        @Arbiter
        public void after(ZII_Result result) {
            result.r3 = told.get();
        }
    }

    /** Who forces asks for attention and looks. Whether it saw the event held; how often an end was told. */
    @JCStressTest
    @Outcome(id = "false, [01]", expect = Expect.ACCEPTABLE, desc = "it is seen to have ended")
    @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "it is told when it ends")
    @Outcome(expect = Expect.FORBIDDEN, desc = "neither sees the other")
    @State
    public static class EndAgainstAttention extends Scenario {
        // what it calls needs nothing of a subclass
        @SuppressWarnings("this-escape")
        public EndAgainstAttention() {
            begin();
        }

        @Actor
        public void worker() {
            end();
        }

        @Actor
        public void forcer(ZI_Result result) {
            askAttention();
            result.r1 = isHeld();
        }

        @Arbiter
        public void after(ZI_Result result) {
            result.r2 = told.get();
        }
    }

    /** The event goes back without having been handled. Whether it was seen held; how often an end was told. */
    @JCStressTest
    @Outcome(id = "false, [01]", expect = Expect.ACCEPTABLE, desc = "it is seen to be gone")
    @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "it is told when it goes")
    @Outcome(expect = Expect.FORBIDDEN, desc = "neither sees the other")
    @State
    public static class WithdrawAgainstAttention extends Scenario {
        @Actor
        public void giver() {
            withdraw();
        }

        @Actor
        public void forcer(ZI_Result result) {
            askAttention();
            result.r1 = isHeld();
        }

        @Arbiter
        public void after(ZI_Result result) {
            result.r2 = told.get();
        }
    }

    /** One handling ends while another begins. How many are left; whether an event is held; how many are left after the second has ended. */
    @JCStressTest
    @Outcome(id = "1, true, 0", expect = Expect.ACCEPTABLE, desc = "counted apart")
    @Outcome(expect = Expect.FORBIDDEN, desc = "miscounted")
    @State
    public static class BeginAgainstEnd extends Scenario {
        // what it calls needs nothing of a subclass
        @SuppressWarnings("this-escape")
        public BeginAgainstEnd() {
            begin();
        }

        @Actor
        public void first() {
            end();
        }

        @Actor
        public void second() {
            delivered();
            begin();
        }

        @Arbiter
        public void after(IZI_Result result) {
            result.r1 = begun();
            result.r2 = isHeld();
            end();
            result.r3 = isHeld() ? 1 : begun();
        }
    }
}
