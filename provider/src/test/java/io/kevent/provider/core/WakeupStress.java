// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Doorbell;
import java.io.IOException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;
import org.openjdk.jcstress.infra.results.ZII_Result;
import org.openjdk.jcstress.infra.results.ZIZ_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Wakers and the collector race; run by {@link JcstressTest}. */
public final class WakeupStress {

    private WakeupStress() { }

    /** A bell that counts. */
    static final class Bell implements Doorbell {
        volatile int rings;
        volatile boolean closed;
        volatile int ringsAfterClose;

        @Override
        public synchronized void ring() {
            rings++;
            if (closed) {
                ringsAfterClose++;
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** What the scenarios have in common. */
    abstract static class Scenario {
        final Bell bell = new Bell();
        final Wakeup wakeup = new Wakeup(bell);

        final void wake() {
            try {
                wakeup.wake();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        final void nudge() {
            try {
                wakeup.nudge();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        final void close() {
            try {
                wakeup.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** The collector is about to block: either it does not, or it is rung. Whether it waits; rings; whether the wake-up is heard. */
    @JCStressTest
    @Outcome(id = "true, 1, true", expect = Expect.ACCEPTABLE, desc = "it waits and is rung")
    @Outcome(id = "false, 0, true", expect = Expect.ACCEPTABLE, desc = "it does not wait")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
    @State
    public static class WakeBeforeWait extends Scenario {
        @Actor
        public void collector(ZIZ_Result result) {
            result.r1 = wakeup.prepareToWait();
        }

        @Actor
        public void waker() {
            wake();
        }

        @Arbiter
        public void after(ZIZ_Result result) {
            result.r2 = bell.rings;
            result.r3 = wakeup.heard();
        }
    }

    /** A nudge and a wake-up come one after the other: the wake-up is heard, and who waits is rung once. Whether it waits; rings; whether it is heard. */
    @JCStressTest
    @Outcome(id = "true, 1, true", expect = Expect.ACCEPTABLE, desc = "it waits and is rung")
    @Outcome(id = "false, 0, true", expect = Expect.ACCEPTABLE, desc = "it does not wait")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
    @State
    public static class NudgeAndWakeBeforeWait extends Scenario {
        @Actor
        public void collector(ZIZ_Result result) {
            result.r1 = wakeup.prepareToWait();
        }

        @Actor
        public void waker() {
            nudge();
            wake();
        }

        @Arbiter
        public void after(ZIZ_Result result) {
            result.r2 = bell.rings;
            result.r3 = wakeup.heard();
        }
    }

    /** One nudges and another wakes who waits. Rings; whether the wake-up is heard; whether it is heard again. */
    @JCStressTest
    @Outcome(id = "1, true, false", expect = Expect.ACCEPTABLE, desc = "rung once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
    @State
    public static class NudgeAgainstWake extends Scenario {
        public NudgeAgainstWake() {
            wakeup.prepareToWait();
        }

        @Actor
        public void nudger() {
            nudge();
        }

        @Actor
        public void waker() {
            wake();
        }

        @Arbiter
        public void after(IZZ_Result result) {
            result.r1 = bell.rings;
            result.r2 = wakeup.heard();
            result.r3 = wakeup.heard();
        }
    }

    /** Two wakers ring once. Rings; whether the wake-up is heard; whether it is heard again. */
    @JCStressTest
    @Outcome(id = "1, true, false", expect = Expect.ACCEPTABLE, desc = "rung once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
    @State
    public static class TwoWakers extends Scenario {
        public TwoWakers() {
            wakeup.prepareToWait();
        }

        @Actor
        public void first() {
            wake();
        }

        @Actor
        public void second() {
            wake();
        }

        @Arbiter
        public void after(IZZ_Result result) {
            result.r1 = bell.rings;
            result.r2 = wakeup.heard();
            result.r3 = wakeup.heard();
        }
    }

    /** The collector comes back by itself: it hears the wake-up now or does not wait next. Whether heard; rings; whether it would wait next. */
    @JCStressTest
    @Outcome(id = "true, 1, true", expect = Expect.ACCEPTABLE, desc = "heard, and used up")
    @Outcome(id = "false, 0, false", expect = Expect.ACCEPTABLE, desc = "kept for the next wait")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
    @State
    public static class WakeWhileComingBack extends Scenario {
        public WakeWhileComingBack() {
            wakeup.prepareToWait();
        }

        @Actor
        public void collector(ZIZ_Result result) {
            result.r1 = wakeup.heard();
        }

        @Actor
        public void waker() {
            wake();
        }

        @Arbiter
        public void after(ZIZ_Result result) {
            result.r2 = bell.rings;
            result.r3 = wakeup.prepareToWait();
        }
    }

    /**
     * Somebody asked already, and the collector hears it while another asks, who only counts: what that one did before is seen now, or it is heard again.
     * Whether heard; what is seen; whether heard again.
     */
    @JCStressTest
    @Outcome(id = "true, 1, (true|false)", expect = Expect.ACCEPTABLE, desc = "seen")
    @Outcome(id = "true, 0, true", expect = Expect.ACCEPTABLE, desc = "heard again")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost")
    @State
    public static class WakeWhileAnotherIsHeard extends Scenario {
        int written;

        public WakeWhileAnotherIsHeard() {
            wake();
        }

        @Actor
        public void collector(ZIZ_Result result) {
            result.r1 = wakeup.heard();
            result.r2 = written;
        }

        @Actor
        public void waker() {
            written = 1;
            wake();
        }

        @Arbiter
        public void after(ZIZ_Result result) {
            result.r3 = wakeup.heard();
            if (wakeup.asked() != 2) {
                throw new AssertionError("counted " + wakeup.asked() + " of 2");
            }
        }
    }

    /** What the waker did before is seen by who hears it. Whether heard; what is seen. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "heard and seen")
    @Outcome(id = "false, .*", expect = Expect.ACCEPTABLE, desc = "not heard yet")
    @Outcome(expect = Expect.FORBIDDEN, desc = "heard but not seen")
    @State
    public static class WakeAsRelease extends Scenario {
        int written;

        @Actor
        public void collector(ZI_Result result) {
            result.r1 = wakeup.heard();
            result.r2 = written;
        }

        @Actor
        public void waker() {
            written = 1;
            wake();
        }
    }

    /** A bell that is closed is not rung: its descriptor may be somebody else's. Whether closed; rings; rings after the close. */
    @JCStressTest
    @Outcome(id = "true, [01], 0", expect = Expect.ACCEPTABLE, desc = "rung before the close, or not at all")
    @Outcome(expect = Expect.FORBIDDEN, desc = "rung after the close")
    @State
    public static class CloseWhileRinging extends Scenario {
        public CloseWhileRinging() {
            wakeup.prepareToWait();
        }

        @Actor
        public void waker() {
            wake();
        }

        @Actor
        public void closer() {
            close();
        }

        @Arbiter
        public void after(ZII_Result result) {
            result.r1 = bell.closed;
            result.r2 = bell.rings;
            result.r3 = bell.ringsAfterClose;
        }
    }
}
