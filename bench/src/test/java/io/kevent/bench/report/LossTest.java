// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class LossTest {
    /** What is lost of one figure, whose JDK's is 100 in each of two turns. */
    private static List<Loss> losses(Subject subject, Metric metric, double first, double second) {
        return losses(subject, metric, 100, first, second);
    }

    private static List<Loss> losses(Subject subject, Metric metric, double jdks, double first, double second) {
        Series jdk = Sections.series("one", Subject.JDK, metric, jdks, jdks);
        Series plain = Sections.series("one", subject, metric, first, second);
        Series compared = new Series("one", subject, metric, plain.unit(), plain.values(), plain.summary(), Summary.ofRatios(plain.values(), jdk.values()));
        return Loss.of(Sections.section(List.of(jdk, compared)));
    }

    @Test
    void whatIsWorseInEveryTurnIsALoss() {
        assertEquals(List.of(List.of("Title <&>", "one", "kevent (property)", "time, ns", "115 (110 to 120)", "100 (100 to 100)", "1.15")),
                losses(Subject.KEVENT, Metric.TIME, 110, 120).stream().map(Loss::cells).toList());
        assertEquals(1, losses(Subject.QUEUE, Metric.RATE, 90, 80).size());
    }

    @Test
    void whatIsBetterInOneTurnIsNoLoss() {
        assertEquals(List.of(), losses(Subject.KEVENT, Metric.TIME, 99, 120));
        assertEquals(List.of(), losses(Subject.QUEUE, Metric.RATE, 101, 80));
    }

    @Test
    void whatDoesNotShowIsNoLoss() {
        assertEquals(List.of(), losses(Subject.KEVENT, Metric.CALLS, 0.001, 0.002, 0.002));
    }

    @Test
    void othersAndPartsAreNotListed() {
        assertEquals(List.of(), losses(Subject.NETTY_EPOLL, Metric.TIME, 110, 120));
        assertEquals(List.of(), losses(Subject.KEVENT, Metric.EPOLL_WAIT, 110, 120));
    }
}
