// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Events;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Reads that are seen and a collector that learns from them race; run by {@link JcstressTest}. */
public final class ReadStress {
    private ReadStress() { }

    /** What the scenarios have in common. */
    abstract static class Scenario {
        final Looks looks = new Looks();
        final TestKnote knote = new TestKnote(0, looks);

        /** What the kernel has for the channel. */
        final AtomicInteger data = new AtomicInteger();

        Scenario() {
            read();
            looks.begin();
        }

        final void read() {
            knote.beginRead();
            int took = data.getAndSet(0);
            knote.endRead(took != 0, true);
        }

        /** A look of the collector. Returns whether it was told something. */
        final boolean look() {
            looks.begin();
            boolean told = data.get() != 0;
            if (told) {
                tell();
            }
            return told;
        }

        final void tell() {
            knote.told();
            knote.ready = Events.IN;
        }
    }

    /** The kernel tells of data while it is read. Whether it is taken for unread; whether it was there right before. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "unread")
    @Outcome(id = {"0, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "not known")
    @Outcome(expect = Expect.FORBIDDEN, desc = "taken for unread, but read")
    @State
    public static class ReadDuringLook extends Scenario {
        public ReadDuringLook() {
            data.set(1);
        }

        @Actor
        public void reader() {
            read();
        }

        @Actor
        public void collector(II_Result result) {
            boolean told = look();
            result.r2 = data.get();
            result.r1 = told && knote.isUnread() ? 1 : 0;
        }
    }

    /** Data arrives and is told while a read may find the channel empty. Whether it was told; whether it is taken for read; whether it is there. */
    @JCStressTest
    @Outcome(id = {"1, 0, 0", "1, 1, 0"}, expect = Expect.ACCEPTABLE, desc = "told, and read")
    @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "told, and there")
    @Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "read before it was told")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what the kernel told is taken for read, but there")
    @State
    public static class ArrivalDuringRead extends Scenario {
        @Actor
        public void reader() {
            read();
        }

        @Actor
        public void collector(III_Result result) {
            data.set(1);
            result.r1 = look() ? 1 : 0;
        }

        @Arbiter
        public void after(III_Result result) {
            result.r2 = knote.isDrained() ? 1 : 0;
            result.r3 = data.get();
        }
    }

    /** The same while two reads overlap. Whether it is taken for read; whether it is there. */
    @JCStressTest
    @Outcome(id = {"0, 0", "1, 0"}, expect = Expect.ACCEPTABLE, desc = "read")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "there")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what the kernel told is taken for read, but there")
    @State
    public static class ArrivalDuringTwoReads extends Scenario {
        @Actor
        public void readers() {
            knote.beginRead();
            knote.beginRead();
            knote.endRead(data.getAndSet(0) != 0, true);
            knote.endRead(data.getAndSet(0) != 0, true);
        }

        @Actor
        public void collector() {
            data.set(1);
            tell();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = knote.isDrained() ? 1 : 0;
            result.r2 = data.get();
        }
    }

    /** Two reads begin and end. Whether what the kernel tells afterwards is known to be unread. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "none is under way")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one is taken to be under way for ever")
    @State
    public static class TwoReaders extends Scenario {
        @Actor
        public void first() {
            read();
        }

        @Actor
        public void second() {
            read();
        }

        @Arbiter
        public void after(I_Result result) {
            looks.begin();
            tell();
            result.r1 = knote.isUnread() ? 1 : 0;
        }
    }
}
