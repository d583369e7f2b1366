// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.kernel.Watched;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Selectors are given back while threads select by them, or keep them locked. */
class GiveBackWhileSelectingTest extends AdoptionTestBase {
    private static final Duration SHORT = Duration.ofMillis(1);

    private Pipe pipe;

    @BeforeEach
    void register() throws IOException {
        pipe = pipe();
        register(pipe, OP_READ);
        adopt();
    }

    @Test
    void isNotOverBeforeTheSelectorsDescriptorsAreAsTheJdkExpects() throws Exception {
        Field interruptLock = selector.jdk().getClass().getDeclaredField("interruptLock");
        interruptLock.setAccessible(true);
        FutureTask<Boolean> first;
        FutureTask<Boolean> second;
        synchronized (interruptLock.get(selector.jdk())) {
            // the last of what is given back, the wake-up, has to wait for the lock
            first = start(() -> adoption.giveBack(Duration.ZERO, LIMIT));
            until("it is on its way", () -> !selector.isAdopted());
            second = start(() -> adoption.giveBack(Duration.ZERO, LIMIT));
            Thread waiting = lastStarted();
            until("it is waited for", () -> second.isDone() || waiting.getState() == Thread.State.TIMED_WAITING);
            assertFalse(second.isDone());
            assertEquals(0, adoption.givenBack());
        }
        assertTrue(result(first));
        assertTrue(result(second));
        assertEquals(1, adoption.givenBack());
        assertEquals("IN", Watched.wakeup(selector.jdk()));
    }

    // ---- in the kernel

    @Test
    void selectWithoutBoundGoesOnInTheJdksMethod() throws Exception {
        FutureTask<Integer> select = startSelect(-1, false);
        giveBack();
        untilSelecting(select, true);
        assertFalse(select.isDone());
        assertEquals(-1, selector.bodyTimeout());
        write(pipe);
        assertEquals(1, result(select));
    }

    @Test
    void selectWithTimeoutGoesOnWithWhatIsLeftOfIt() throws Exception {
        long hour = Duration.ofHours(1).toMillis();
        FutureTask<Integer> select = startSelect(hour, false);
        giveBack();
        untilSelecting(select, true);
        assertTrue(selector.bodyTimeout() > 0 && selector.bodyTimeout() <= hour, "left: " + selector.bodyTimeout());
        write(pipe);
        assertEquals(1, result(select));
    }

    @Test
    void selectWithTimeoutEndsInTime() throws Exception {
        FutureTask<Integer> select = startSelect(200, false);
        giveBack();
        assertEquals(0, result(select));
    }

    @Test
    void timeoutBeyondWhatTheKernelTakesIsCutAsTheJdkCutsIt() throws Exception {
        FutureTask<Integer> select = startSelect(Long.MAX_VALUE, false);
        giveBack();
        untilSelecting(select, true);
        assertTrue(selector.bodyTimeout() > 0 && selector.bodyTimeout() <= Integer.MAX_VALUE, "left: " + selector.bodyTimeout());
        selector.wakeup();
        assertEquals(0, result(select));
    }

    @Test
    void noThreadIsLeftOver() throws Exception {
        FutureTask<Integer> select = startSelect(-1, false);
        assertTrue(adoption.giveBack(LIMIT, LIMIT));
        untilSelecting(select, true);
        until("no thread is left over",
                () -> Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("kevent-give-back")));
        selector.wakeup();
        assertEquals(0, result(select));
    }

    @Test
    void noThreadIsLeftOverByManySelectors() throws Exception {
        List<WovenSelector> all = new ArrayList<>(List.of(selector));
        List<FutureTask<Integer>> selects = new ArrayList<>(List.of(startSelect(-1, false)));
        for (int i = 1; i < 16; i++) {
            WovenSelector other = closing(new WovenSelector(adoption));
            all.add(other);
            selects.add(start(() -> other.select(-1)));
            untilSelecting(selects.get(i), false);
        }
        assertTrue(adoption.giveBack(LIMIT, LIMIT));
        until("no thread is left over",
                () -> Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("kevent-give-back")));
        for (int i = 0; i < 16; i++) {
            all.get(i).wakeup();
            assertEquals(0, result(selects.get(i)));
        }
    }

    @Test
    void selectThatWentOnIsWokenUp() throws Exception {
        FutureTask<Integer> select = startSelect(-1, false);
        giveBack();
        untilSelecting(select, true);
        selector.wakeup();
        assertEquals(0, result(select));
    }

    @Test
    void keyCancelledInBetweenIsLetGoOfByTheSelectThatWentOn() throws Exception {
        Pipe another = pipe();
        SelectionKey key = register(another, OP_READ);
        FutureTask<Integer> select = startSelect(-1, false);
        key.cancel();
        giveBack();
        untilSelecting(select, true);
        assertFalse(another.source().isRegistered());
        write(pipe);
        assertEquals(1, result(select));
    }

    // ---- between two selects

    @Test
    void selectorIsLeftToItsNextSelectForTheTimeOfTheGrace() throws Exception {
        FutureTask<Boolean> giver = start(() -> adoption.giveBack(LIMIT, LIMIT));
        Thread thread = lastStarted();
        until("it is waited for", () -> thread.getState() == Thread.State.TIMED_WAITING);
        assertTrue(selector.isAdopted());
        assertEquals(Map.of(), adoption.waiting());
        write(pipe);
        assertEquals(1, selector.select(-1));
        assertEquals(-1, selector.bodyTimeout());
        assertTrue(result(giver));
    }

    // ---- locked

    @Test
    void selectorThatIsLockedIsNotGivenBackYet() throws Exception {
        synchronized (selector.jdk()) {
            assertFalse(adoption.giveBack(Duration.ZERO, SHORT));
            assertEquals(List.of(selector.jdk()), adoption.adopted());
            assertTrue(selector.isAdopted());
        }
        until("the selector is given back", () -> !selector.isAdopted());
    }

    @Test
    void selectorWhoseSelectedKeysAreLockedIsGivenBack() throws Exception {
        synchronized (selector.jdk().selectedKeys()) {
            giveBack();
        }
        assertFalse(selector.isAdopted());
    }

    @Test
    void loopThatKeepsItsSelectedKeysLockedMaySelect() throws Exception {
        write(pipe);
        assertEquals(1, whileItsSelectedKeysAreLocked(() -> selector.select(0)));
    }

    @Test
    void loopThatKeepsItsSelectedKeysLockedMayCloseTheSelector() throws Exception {
        assertFalse(whileItsSelectedKeysAreLocked(() -> {
            selector.close();
            return selector.jdk().isOpen();
        }));
    }

    /** What one thread has alone, a lock that it takes again further in, it has when the selector is given back meanwhile. */
    private <T> T whileItsSelectedKeysAreLocked(Callable<T> work) throws Exception {
        return result(start(() -> {
            synchronized (selector.jdk().selectedKeys()) {
                adoption.giveBack(Duration.ZERO, Duration.ZERO);
                until("the selector is given back, or who does it waits for a lock", () -> !selector.isAdopted()
                        || adoption.waiting().values().stream().anyMatch(giver -> giver.getState() == Thread.State.BLOCKED));
                return work.call();
            }
        }));
    }

    @Test
    void lockedSelectorIsGivenBackByItsNextSelect() throws Exception {
        synchronized (selector.jdk()) {
            assertFalse(adoption.giveBack(Duration.ZERO, SHORT));
            assertEquals(List.of(selector.jdk()), adoption.adopted());
            write(pipe);
            assertEquals(1, selector.select(-1));
            assertEquals(-1, selector.bodyTimeout());
            assertFalse(selector.isAdopted());
        }
    }

    @Test
    void selectorInALongActionIsGivenBackWhenThatEnds() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        write(pipe);
        FutureTask<Integer> select = start(() -> selector.select(key -> {
            begun.countDown();
            await(end);
        }, -1));
        await(begun);
        assertFalse(adoption.giveBack(Duration.ZERO, SHORT));
        assertEquals(List.of(selector.jdk()), adoption.adopted());
        end.countDown();
        assertEquals(1, result(select));
        assertFalse(selector.isAdopted());
    }

    @Test
    void selectThatFailsGivesTheSelectorBack() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        write(pipe);
        FutureTask<Object> select = start(() -> assertThrows(ArithmeticException.class, () -> selector.select(key -> {
            begun.countDown();
            await(end);
            throw new ArithmeticException("thrown by the test");
        }, -1)));
        await(begun);
        assertFalse(adoption.giveBack(Duration.ZERO, SHORT));
        assertEquals(List.of(selector.jdk()), adoption.adopted());
        end.countDown();
        result(select);
        assertFalse(selector.isAdopted());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneThatIsLockedDoesNotKeepTheOthers() throws Exception {
        List<Selector> others = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            WovenSelector other = closing(new WovenSelector(adoption));
            assertEquals(0, other.select(0));
            others.add(other.jdk());
        }
        assertTrue(adoption.adopted().containsAll(others));
        synchronized (selector.jdk()) {
            assertFalse(adoption.giveBack(Duration.ZERO, SHORT));
            assertTrue(adoption.adopted().contains(selector.jdk()));
            until("only the locked one is left", () -> adoption.adopted().equals(List.of(selector.jdk())));
        }
    }

    @Test
    void withoutPatienceNobodyIsWaitedFor() throws Exception {
        synchronized (selector.jdk()) {
            assertFalse(assertTimeoutPreemptively(LIMIT, () -> adoption.giveBack(Duration.ZERO, Duration.ZERO)));
        }
    }

    @Test
    void whoWaitsForALockedOneCanBeInterrupted() throws Exception {
        synchronized (selector.jdk()) {
            FutureTask<Object> giver = start(() -> assertThrows(InterruptedException.class, () -> adoption.giveBack(Duration.ZERO, LIMIT)));
            lastStarted().interrupt();
            result(giver);
        }
        until("the selector is given back", () -> !selector.isAdopted());
    }

    @Test
    void closedWhileSomebodyWaitsForItItIsOneLess() throws Exception {
        FutureTask<Boolean> giver;
        synchronized (selector.jdk()) {
            giver = start(() -> adoption.giveBack(Duration.ZERO, LIMIT.dividedBy(2)));
            Thread thread = lastStarted();
            until("it is waited for", () -> thread.getState() == Thread.State.TIMED_WAITING);
            selector.close();
        }
        assertTrue(result(giver));
    }

    @Test
    void closedWhileItWasLockedItIsGivenBackByNobody() throws Exception {
        synchronized (selector.jdk()) {
            assertFalse(adoption.giveBack(Duration.ZERO, SHORT));
            assertEquals(List.of(selector.jdk()), adoption.adopted());
            selector.close();
            assertFalse(selector.isAdopted());
        }
        giveBack();
    }
}
