// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.jvm.Line;
import io.kevent.bench.plan.Subject;
import io.kevent.provider.selector.KeventSelector;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.channels.SelectionKey.OP_CONNECT;
import static org.junit.jupiter.api.Assertions.assertEquals;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EitherProviderTest {
    private static final double PATIENCE_SECONDS = 30;

    /** Tells for each subject whether a selector that is opened for it, and takes a channel, is one of kevent's. */
    static final class Opened {
        private Opened() { }

        public static void main(String[] args) throws Exception {
            Line line = new Line();
            EitherProvider.install();
            Map<String, Integer> kevent = new LinkedHashMap<>();
            for (Subject subject : List.of(Subject.JDK, Subject.KEVENT)) {
                EitherProvider.choose(subject);
                try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
                    channel.configureBlocking(false).register(selector, OP_CONNECT);
                    kevent.put(subject.name(), selector instanceof KeventSelector ? 1 : 0);
                }
            }
            line.answer(kevent);
        }
    }

    @Test
    void opensWhatWasChosenLast() throws Exception {
        try (ChildJvm child = ChildJvm.start(Subject.KEVENT, List.of(), Opened.class)) {
            assertEquals(Map.of("JDK", 0.0, "KEVENT", 1.0), child.figures(PATIENCE_SECONDS));
        }
    }
}
