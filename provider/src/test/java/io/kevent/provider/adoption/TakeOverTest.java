// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.figures.SelectorFigures;
import io.kevent.provider.figures.SelectorRegistry;
import io.kevent.provider.kernel.Watched;
import java.lang.reflect.Field;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A selector that has keys is taken over at its next select. */
class TakeOverTest extends AdoptionTestBase {

    private SelectorFigures figures() {
        List<SelectorFigures> shown = shown();
        assertEquals(1, shown.size());
        return shown.get(0);
    }

    private List<SelectorFigures> shown() {
        return SelectorRegistry.snapshot().stream().filter(figures -> figures.name().equals(selector.jdk().toString())).collect(Collectors.toList());
    }

    @Test
    void channelsStayAsTheyAreInTheKernel() throws Exception {
        for (int i = 0; i < 3; i++) {
            register(pipe(), OP_READ);
        }
        assertEquals(0, selector.jdk().selectNow());
        adopt();
        assertEquals(0, figures().counts().changesMade());
        assertEquals(3, figures().keyCount());
    }

    @Test
    void keysThatTheSelectorHasSeenAreReported() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = register(pipe, OP_READ);
        assertEquals(0, selector.jdk().selectNow());
        write(pipe);
        assertEquals(1, selector.select(-1));
        assertEquals(Set.of(key), selector.jdk().selectedKeys());
        assertEquals(OP_READ, key.readyOps());
        assertEquals(WovenSelector.NO_BODY, selector.bodyTimeout());
    }

    @Test
    void keysThatTheSelectorHasNotSeenAreReported() throws Exception {
        Pipe pipe = pipe();
        register(pipe, OP_READ);
        write(pipe);
        assertEquals(1, selector.select(-1));
    }

    @Test
    void interestTurnedOffSinceTheLastSelectIsOff() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = register(pipe, OP_READ);
        assertEquals(0, selector.jdk().selectNow());
        write(pipe);
        key.interestOps(0);
        assertEquals(0, selectNow());
    }

    @Test
    void interestTurnedOnSinceTheLastSelectIsOn() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = register(pipe, 0);
        assertEquals(0, selector.jdk().selectNow());
        write(pipe);
        key.interestOps(OP_READ);
        assertEquals(1, selectNow());
    }

    @Test
    void interestChangedToAnotherOperationIsThatOne() throws Exception {
        Pipe pipe = pipe();
        pipe.sink().configureBlocking(false);
        SelectionKey key = pipe.sink().register(selector.jdk(), OP_WRITE);
        assertEquals(1, selector.jdk().selectNow());
        selector.jdk().selectedKeys().clear();
        assertEquals(1, selectNow());
        key.interestOps(0);
        assertEquals(0, selectNow());
        key.interestOps(OP_WRITE);
        assertEquals(1, selectNow());
    }

    @Test
    void keyIsFoundByItsKnote() throws Exception {
        SelectionKey key = register(pipe(), OP_READ);
        assertNull(adoption.knote(key));
        adopt();
        assertNotNull(adoption.knote(key));
        assertEquals(OP_READ, adoption.knote(key).interest());
    }

    @Test
    void selectedKeySetOfTheApplicationsOwnIsFilled() throws Exception {
        Set<SelectionKey> own = new HashSet<>();
        Class<?> base = Class.forName("sun.nio.ch.SelectorImpl");
        replace(base.getDeclaredField("selectedKeys"), own);
        replace(base.getDeclaredField("publicSelectedKeys"), own);
        Pipe pipe = pipe();
        SelectionKey key = register(pipe, OP_READ);
        write(pipe);
        assertEquals(1, selector.select(-1));
        assertEquals(Set.of(key), own);
        assertTrue(selector.isAdopted());
        giveBack();
    }

    private void replace(Field field, Object value) throws IllegalAccessException {
        field.setAccessible(true);
        field.set(selector.jdk(), value);
    }

    // ---- what goes wrong

    /** A key that the selector has twice, which cannot be. */
    private void confuse(SelectionKey key) throws ReflectiveOperationException {
        Field field = Class.forName("sun.nio.ch.EPollSelectorImpl").getDeclaredField("fdToKey");
        field.setAccessible(true);
        @SuppressWarnings("unchecked")
        Map<Integer, SelectionKey> keys = (Map<Integer, SelectionKey>) field.get(selector.jdk());
        if (keys.remove(Integer.MAX_VALUE) == null) {
            keys.put(Integer.MAX_VALUE, key);
        }
    }

    @Test
    void selectorThatCannotBeTakenOverSelectsOn() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = register(pipe, OP_READ);
        assertEquals(0, selector.jdk().selectNow());
        confuse(key);
        write(pipe);
        assertEquals(1, selector.select(-1));
        assertEquals(-1, selector.bodyTimeout());
        assertFalse(selector.isAdopted());
        assertTrue(adoption.refused().get(selector.jdk()).contains("is in use"));
        assertEquals(List.of(), shown());
        confuse(key);
    }

    @Test
    void selectorThatCannotBeTakenOverIsAsItWas() throws Exception {
        SelectionKey key = register(pipe(), OP_READ);
        assertEquals(0, selector.jdk().selectNow());
        confuse(key);
        selector.wakeup();
        assertEquals(0, selector.select(-1));
        assertEquals("IN", Watched.wakeup(selector.jdk()));
        assertEquals("IN", Watched.channel(key));
        assertEquals("IN", Watched.believed(key));
        confuse(key);
        assertWaits();
    }

    /** Has the selector throw when its keys are looked at. */
    private void breakBy(Error error) throws ReflectiveOperationException {
        replace(Class.forName("sun.nio.ch.EPollSelectorImpl").getDeclaredField("fdToKey"), new HashMap<Integer, SelectionKey>() {
            private static final long serialVersionUID = 1;

            @Override
            public Collection<SelectionKey> values() {
                throw error;
            }
        });
    }

    @Test
    void classThatCannotBeLoadedIsNoneOfTheApplicationsTrouble() throws Exception {
        breakBy(new NoClassDefFoundError("thrown by the test"));
        Pipe pipe = pipe();
        register(pipe, OP_READ);
        write(pipe);
        assertEquals(1, selector.select(-1));
        assertFalse(selector.isAdopted());
    }

    @Test
    void memoryThatRunsOutLeavesTheSelectorAsItWas() throws Exception {
        breakBy(new OutOfMemoryError("thrown by the test"));
        assertThrows(OutOfMemoryError.class, () -> selector.select(0));
        assertFalse(selector.isAdopted());
        assertEquals("IN", Watched.wakeup(selector.jdk()));
        assertEquals(List.of(), shown());
    }

    @Test
    void selectorThatCouldNotBeTakenOverIsNotTriedAgain() throws Exception {
        SelectionKey key = register(pipe(), OP_READ);
        assertEquals(0, selector.jdk().selectNow());
        confuse(key);
        assertEquals(0, selectNow());
        confuse(key);
        assertEquals(0, selectNow());
        assertFalse(selector.isAdopted());
    }
}
