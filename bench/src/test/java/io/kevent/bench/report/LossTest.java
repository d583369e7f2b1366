// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.report.Loss.Turns;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class LossTest {
    /** What is lost of one figure, whose JDK's is 100 in each of the turns. */
    private static List<Loss> losses(Subject subject, Metric metric, double... values) {
        return losses(100, subject, metric, values);
    }

    private static List<Loss> losses(double jdks, Subject subject, Metric metric, double... values) {
        Series jdk = Sections.series("one", Subject.JDK, metric, DoubleStream.of(values).map(value -> jdks).toArray());
        Series plain = Sections.series("one", subject, metric, values);
        Series compared = new Series("one", subject, metric, plain.unit(), plain.values(), plain.summary(), Summary.ofRatios(plain.values(), jdk.values()));
        return Loss.of(Sections.section(List.of(jdk, compared)));
    }

    @Test
    void whatIsWorseInEveryTurnIsALoss() {
        assertEquals(List.of(List.of("Title <&>", "one", "kevent (property)", "time, ns", "115 (110 to 120)", "100 (100 to 100)", "1.15", "all")),
                losses(Subject.KEVENT, Metric.TIME, 110, 120).stream().map(Loss::cells).toList());
        assertEquals(1, losses(Subject.QUEUE, Metric.RATE, 90, 80).size());
    }

    @Test
    void ofWhatIsBetterInSomeTurnsItSaysSo() {
        assertEquals(List.of(Turns.MOST), turns(losses(Subject.KEVENT, Metric.TIME, 99, 120, 120, 120, 120)));
        assertEquals(List.of(Turns.HALF), turns(losses(Subject.KEVENT, Metric.TIME, 90, 90, 120, 120, 120)));
        assertEquals(List.of(Turns.MOST), turns(losses(Subject.QUEUE, Metric.RATE, 101, 80, 80, 80, 80)));
    }

    @Test
    void littleIsNoLossUnlessItIsSoInEveryTurn() {
        assertEquals(List.of(), losses(Subject.KEVENT, Metric.TIME, 99, 104, 104, 104, 104));
        assertEquals(List.of(), losses(Subject.QUEUE, Metric.RATE, 101, 96, 96, 96, 96));
        assertEquals(List.of(Turns.ALL), turns(losses(Subject.KEVENT, Metric.TIME, 104, 104)));
    }

    @Test
    void whatTheJdkHasNothingOfAtTimesIsALossWithoutARatio() {
        List<Loss> losses = losses(0, Subject.QUEUE, Metric.CALLS, 0.02, 0.02);
        assertEquals(List.of(Turns.HALF), turns(losses));
        assertEquals("", losses.get(0).cells().get(Loss.COLUMNS.indexOf("kevent / JDK")));
    }

    private static List<Turns> turns(List<Loss> losses) {
        return losses.stream().map(Loss::turns).toList();
    }

    @Test
    void whatDoesNotShowIsNoLoss() {
        assertEquals(List.of(), losses(0.001, Subject.KEVENT, Metric.CALLS, 0.002, 0.002));
    }

    @Test
    void othersAndPartsAreNotListed() {
        assertEquals(List.of(), losses(Subject.NETTY_EPOLL, Metric.TIME, 110, 120));
        assertEquals(List.of(), losses(Subject.KEVENT, Metric.EPOLL_WAIT, 110, 120));
    }
}
