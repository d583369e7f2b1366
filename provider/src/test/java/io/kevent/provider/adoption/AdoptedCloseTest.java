// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.figures.SelectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Selectors are closed while the core serves them. */
class AdoptedCloseTest extends AdoptionTestBase {

    private static List<String> openDescriptors() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            return entries.map(AdoptedCloseTest::target).filter(target -> target.startsWith("anon_inode:")).sorted().collect(Collectors.toList());
        }
    }

    private static String target(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException e) {
            // closed since it was listed
            return "";
        }
    }

    private boolean isShown() {
        return SelectorRegistry.snapshot().stream().anyMatch(figures -> figures.name().equals(selector.jdk().toString()));
    }

    @Test
    void closedSelectorsLeaveNothingOpen() throws Exception {
        List<String> before = openDescriptors();
        for (int i = 0; i < 50; i++) {
            Pipe pipe = pipe();
            try (WovenSelector closed = new WovenSelector(adoption)) {
                SelectionKey key = pipe.source().register(closed.jdk(), OP_READ);
                assertEquals(0, closed.select(0));
                key.interestOps(0);
                write(pipe);
                assertEquals(0, closed.select(0));
                key.interestOps(OP_READ);
                assertEquals(1, closed.select(0));
            }
        }
        assertEquals(before, openDescriptors());
    }

    @Test
    void selectorsGivenBackLeaveNothingOpen() throws Exception {
        List<String> before = openDescriptors();
        for (int i = 0; i < 50; i++) {
            Adoption once = new Adoption(null);
            selector.use(once);
            adopt();
            once.giveBack(Duration.ZERO, LIMIT);
        }
        assertEquals(before, openDescriptors());
    }

    @Test
    void isForgotten() throws Exception {
        adopt();
        selector.close();
        assertEquals(List.of(), adoption.adopted());
        assertFalse(isShown());
        assertFalse(adoption.wakeup(selector.jdk()));
    }

    @Test
    void selectThatWaitsEnds() throws Exception {
        adopt();
        FutureTask<Integer> select = startSelect(-1, false);
        selector.close();
        assertEquals(0, result(select));
    }

    @Test
    void actionMayCloseIt() throws Exception {
        Pipe first = pipe();
        Pipe second = pipe();
        register(first, OP_READ);
        register(second, OP_READ);
        write(first);
        write(second);
        assertThrows(ClosedSelectorException.class, () -> selector.select(key -> closeSelector(), -1));
        assertEquals(List.of(), adoption.adopted());
        assertFalse(first.source().isRegistered());
    }

    @Test
    void actionMayCloseItWhileAnotherKeyIsSuspect() throws Exception {
        Pipe first = pipe();
        Pipe second = pipe();
        SelectionKey key = register(first, OP_READ);
        register(second, OP_READ);
        adopt();
        key.interestOps(0);
        write(first);
        assertEquals(0, selectNow());
        key.interestOps(OP_READ);
        assertEquals(1, selectNow());
        write(second);
        assertThrows(ClosedSelectorException.class, () -> selector.select(ready -> closeSelector(), -1));
        assertFalse(isShown());
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keysAreLetGoOf() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = register(pipe, OP_READ);
        adopt();
        selector.close();
        assertFalse(key.isValid());
        assertFalse(pipe.source().isRegistered());
    }
}
