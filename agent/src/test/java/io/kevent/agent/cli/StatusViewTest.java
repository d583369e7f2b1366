// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.google.gson.JsonParser;
import io.kevent.agent.protocol.Reply;
import io.kevent.agent.protocol.Status;
import io.kevent.provider.figures.KeyFigures;
import io.kevent.provider.figures.SelectorCounts;
import io.kevent.provider.figures.SelectorFigures;
import io.kevent.provider.figures.SpinFigures;
import io.kevent.provider.figures.ThreadFigures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A status for people. */
class StatusViewTest {

    private static List<String> lines(boolean details, SelectorFigures... selectors) {
        Status status = new Status(42, "2026-01-02T03:04:06Z", "17.0.15", "attached", "1.2", "2026-01-02T03:04:05Z", "log=info", "epoll",
                List.of("a selector of org.example could not be adopted"), List.of(selectors));
        return StatusView.lines(Reply.tree(status).getAsJsonObject(), details);
    }

    private static SelectorFigures selector(long large, SpinFigures spin, ThreadFigures thread) {
        SelectorCounts counts = new SelectorCounts(large, large, 1, large, large, large, large, large, large, large, large, 1_800_000_000_000L);
        return new SelectorFigures(7, "adopted", "sun.nio.ch.EPollSelectorImpl@1f", 0, 3_600_000, counts, spin, thread, 61,
                List.of(new KeyFigures("tcp", "OP_READ", 60), new KeyFigures("tcp-listener", "OP_ACCEPT", 1)));
    }

    @Test
    void rowShowsTheFiguresUnderTheirHeads() {
        ThreadFigures thread = new ThreadFigures(23, "http-worker-with-a-long-name-1", "RUNNABLE", true, List.of("sun.nio.ch.EPoll.wait(Native Method)"));
        List<String> lines = lines(false, selector(123_456_789_012L, new SpinFigures(0, 0, null), thread));
        assertEquals(List.of(
                "JVM 42, Java 17.0.15: kevent 1.2 attached (2026-01-02T03:04:05Z), engine epoll",
                "options: log=info",
                "note: a selector of org.example could not be adopted",
                "",
                "ID  KIND      AGE  KEYS  SELECTS  EVENTS  EV/SEL  WAKEUPS  ENTERED  CHANGES  EPOLL_CTL  WAITED  SPINS  THREAD",
                " 7  adopted  1h0m    61     123G    123G    1.00     123G     123G     123G       123G   50.0%      0  http-worker-wi..."),
                lines.subList(0, 6));
        assertTrue(lines.stream().allMatch(line -> line.length() <= Main.WIDTH), lines::toString);
    }

    @Test
    void spinIsShownAndDetailsOnlyIfAskedFor() {
        SelectorFigures spinning = selector(1, new SpinFigures(2, 300, "tcp key with interest 0, hung up"), null);
        List<String> brief = lines(false, spinning);
        assertTrue(brief.contains("    spun 2 times, now 300 selects in a row in vain: tcp key with interest 0, hung up"), brief::toString);
        assertTrue(brief.stream().noneMatch(line -> line.contains("OP_READ")), brief::toString);
        List<String> full = lines(true, spinning);
        assertTrue(full.contains("    keys: 60 tcp OP_READ"), full::toString);
    }

    @Test
    void threadIsShownWithItsStack() {
        ThreadFigures thread = new ThreadFigures(23, "http", "RUNNABLE", true, List.of("java.base@17.0.15/sun.nio.ch.EPoll.wait(Native Method)",
                "java.base@17.0.15/java.lang.invoke.LambdaForm$DMH/0x00007f52980f3c00.invokeStatic(LambdaForm$DMH)",
                "app//io.kevent.provider.core.Collector.turn(Collector.java:105)", "app//org.example.Server$$Lambda/0x01.run(Server.java:7)",
                "org.example.Main.main(Main.java:1)"));
        List<String> lines = lines(true, selector(1, new SpinFigures(0, 0, null), thread));
        int at = lines.indexOf("    thread: http #23 RUNNABLE, selecting");
        assertTrue(at > 0, lines::toString);
        assertEquals(List.of("        at sun.nio.ch.EPoll.wait(Native Method)", "        at org.example.Server$$Lambda/0x01.run(Server.java:7)",
                "        at org.example.Main.main(Main.java:1)"), lines.subList(at + 1, lines.size()));
    }

    @Test
    void whatAnotherVersionDoesNotTellIsADash() {
        List<String> lines = StatusView.lines(JsonParser.parseString("{\"pid\":1,\"kevent\":\"start\",\"selectors\":[{\"id\":3}]}").getAsJsonObject(), true);
        assertEquals("JVM 1, Java -: kevent - since the start of the JVM", lines.get(0));
        assertTrue(lines.stream().anyMatch(line -> line.matches(" *3 +- .*-")), lines::toString);
    }

    @Test
    void numbersAreShort() {
        assertEquals("9999", Units.count(9999));
        assertEquals("10.0k", Units.count(10_000));
        assertEquals("1.00M", Units.count(999_999));
        assertEquals("-12.3k", Units.count(-12_345));
        assertEquals("9.22E", Units.count(Long.MAX_VALUE));
        assertEquals("59s", Units.age(Duration.ofSeconds(59)));
        assertEquals("2d1h", Units.age(Duration.ofHours(49)));
        assertEquals("-", Units.percent(1, 0));
    }
}
