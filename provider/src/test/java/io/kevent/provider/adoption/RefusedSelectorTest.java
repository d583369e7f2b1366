// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.KeventSelectorProvider;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.JdkProvider;
import io.kevent.provider.kernel.Watched;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Selectors that stay the JDK's. */
class RefusedSelectorTest extends AdoptionTestBase {

    @Test
    void selectorOfExcludedCodeIsLeftAlone() throws Exception {
        selector.use(new Adoption(name -> false));
        Pipe pipe = pipe();
        register(pipe, OP_READ);
        write(pipe);
        assertEquals(1, selector.select(-1));
        assertEquals(-1, selector.bodyTimeout());
        assertFalse(selector.isAdopted());
        assertEquals("IN", Watched.wakeup(selector.jdk()));
    }

    @Test
    void reasonIsTold() throws Exception {
        Adoption refusing = new Adoption(name -> false);
        selector.use(refusing);
        assertEquals(0, selectNow());
        assertEquals(Map.of(selector.jdk(), "selected by code that is excluded"), refusing.refused());
    }

    @Test
    void wakeupIsTheJdks() throws Exception {
        Adoption refusing = new Adoption(name -> false);
        selector.use(refusing);
        assertEquals(0, selectNow());
        assertFalse(refusing.wakeup(selector.jdk()));
    }

    @Test
    void codeIsJudgedOncePerSelector() throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        int[] times = new int[1];
        selector.use(new Adoption(name -> {
            asked.add(name);
            times[0]++;
            return false;
        }));
        assertEquals(0, selectNow());
        assertEquals(0, selectNow());
        assertEquals(1, times[0]);
    }

    @Test
    void codeIsTheFirstThatIsNeitherTheJdksNorKevents() throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        selector.use(new Adoption(name -> asked.add(name) && false));
        // kevent's own frames and the JDK's are all there is on this thread's stack
        result(start(this::selectNow));
        assertEquals(Set.of(""), asked);
    }

    @Test
    void selectorThatKeventOpenedForExcludedCodeIsLeftAlone() throws Exception {
        try (Selector excluded = JdkChannels.openSelector(new KeventSelectorProvider())) {
            synchronized (excluded) {
                assertEquals(Adoption.NOT_DONE, adoption.doSelect(excluded, null, 0));
            }
            assertEquals(Map.of(excluded, "opened by code that is excluded"), adoption.refused());
            assertEquals("IN", Watched.wakeup(excluded));
            assertEquals(List.of(), adoption.adopted());
            adoption.implClose(excluded);
            assertEquals(Map.of(), adoption.refused());
        }
    }

    @Test
    void selectorOfAProviderThatIsRetiredIsTakenOver() throws Exception {
        KeventSelectorProvider earlier = new KeventSelectorProvider();
        earlier.retire();
        try (Selector opened = earlier.openSelector()) {
            synchronized (opened) {
                synchronized (opened.selectedKeys()) {
                    assertEquals(0, adoption.doSelect(opened, null, 0));
                    assertEquals(List.of(opened), adoption.adopted());
                    adoption.implClose(opened);
                }
            }
        }
    }

    @Test
    void selectorThatIsLostIsForgotten() throws Exception {
        Adoption refusing = new Adoption(name -> false);
        refuseAndLose(refusing);
        until("the lost selector is forgotten", () -> {
            System.gc();
            return refusing.refused().isEmpty();
        });
    }

    private static void refuseAndLose(Adoption refusing) throws IOException {
        try (Selector lost = JdkProvider.get().openSelector()) {
            synchronized (lost) {
                assertEquals(Adoption.NOT_DONE, refusing.doSelect(lost, null, 0));
            }
            assertEquals(1, refusing.refused().size());
        }
    }
}
