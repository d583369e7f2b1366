// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.core.Knote;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.kernel.JdkSelector;
import io.kevent.provider.kernel.VirtualThreads;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Has the core serve selectors that the JDK's own provider has opened. Whoever uses it sees to it that the JDK's methods call the methods of the same
 * names here: {@code doSelect}, {@code wakeup}, {@code implDereg} and {@code implClose} of {@code sun.nio.ch.EPollSelectorImpl}.
 *
 * <p>A selector is taken over when it selects next, by the selecting thread, under the locks that the JDK's method holds; a thread that is inside such a
 * method at the time ends it as it began it. It is given back in the same way, or by a thread made for it if nobody selects.
 */
public final class Adoption {
    /** What {@link #doSelect} answers if the JDK's own method must do the selection. */
    public static final long NOT_DONE = Long.MIN_VALUE;

    private final AdoptionPolicy policy;

    /** Until they are closed or given back: one that the application loses without closing it is kept, as its descriptors are in any case. */
    private final Map<Selector, AdoptedSelector> adopted = new ConcurrentHashMap<>();

    /** The selectors that stay the JDK's, and why. */
    private final Map<Selector, String> refused = Collections.synchronizedMap(new WeakHashMap<>());

    /** Guarded by this, as what follows. */
    private boolean retired;
    private int goingBack;
    private int givenBack;

    /** Those who give back what nobody selects from. */
    private final Map<Selector, Thread> givers = new HashMap<>();

    /**
     * Makes an adoption that has adopted nothing yet.
     *
     * @param serves whether a selector is taken over that the code of the class with the given name selects by; null if all are
     * @throws io.kevent.provider.kernel.MissingInternalsException if this JDK's selectors are none that kevent knows
     */
    public Adoption(Predicate<String> serves) {
        JdkKernel.requireSelectorInternals();
        this.policy = new AdoptionPolicy(serves, VirtualThreads::holdsCarrier);
    }

    // ---- what the JDK's methods call

    /**
     * Instead of the selector's own method, whose locks are held.
     *
     * @param selector the selector
     * @param action the application's action, or null
     * @param timeoutMillis 0 not to wait, negative to wait without a bound
     * @return how many keys were updated, or for how many the action was called; {@link #NOT_DONE} if the selector's own method has still to do it;
     *     another negative number if it has still to do it with another timeout, of which this is the bitwise complement
     * @throws IOException what the kernel refused
     */
    public long doSelect(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
        AdoptedSelector served = adopted.get(selector);
        if (served == null) {
            served = adopt(selector);
            if (served == null) {
                return NOT_DONE;
            }
        }
        int count;
        try {
            if (served.isRetired()) {
                return NOT_DONE;
            }
            count = served.selectKeys(action, (int) Math.min(timeoutMillis, Integer.MAX_VALUE));
        } finally {
            // whichever way it ends: nobody may come to select by it again
            if (served.isRetired()) {
                giveBack(served);
            }
        }
        if (count != AdoptedSelector.LEFT) {
            return count;
        }
        return timeoutMillis < 0 ? NOT_DONE : ~(long) served.remaining();
    }

    /**
     * Instead of the selector's own method. Any thread, no locks.
     *
     * @param selector the selector
     * @return false if the selector's own method has still to do it
     * @throws IOException what the kernel refused
     */
    public boolean wakeup(Selector selector) throws IOException {
        AdoptedSelector served = adopted.get(selector);
        return served != null && served.wake();
    }

    /**
     * Before the selector's own method, whose locks are held.
     *
     * @param selector the selector
     * @param key a cancelled key of it
     */
    public void implDereg(Selector selector, SelectionKey key) {
        AdoptedSelector served = adopted.get(selector);
        if (served != null) {
            served.deregister(key);
        }
    }

    /**
     * Before the selector's own method, whose lock is held.
     *
     * @param selector the selector
     * @throws IOException what the kernel refused; the selector's own method has to go on nonetheless
     */
    public void implClose(Selector selector) throws IOException {
        refused.remove(selector);
        AdoptedSelector served = adopted.remove(selector);
        if (served != null) {
            gone();
            served.close();
        }
    }

    private synchronized void gaveBack() {
        goingBack--;
        givenBack++;
        gone();
    }

    /** Tells who waits for selectors to be gone. */
    private synchronized void gone() {
        notifyAll();
    }

    /** Under the locks of a selection that begins. Returns null if the selector stays the JDK's. */
    private AdoptedSelector adopt(Selector selector) throws IOException {
        if (refused.containsKey(selector)) {
            return null;
        }
        AdoptedSelector served;
        synchronized (this) {
            if (retired) {
                return null;
            }
            String reason = policy.reasonAgainst(selector);
            if (reason != null) {
                refused.put(selector, reason);
                return null;
            }
            try {
                served = AdoptedSelector.adopt(new JdkSelector(selector));
            } catch (IOException | RuntimeException | LinkageError e) {
                AdoptionLog.staysTheJdks(selector, e);
                refused.put(selector, e.toString());
                return null;
            }
            adopted.put(selector, served);
        }
        served.begun();
        return served;
    }

    // ---- looking at it

    /**
     * Finds the knote that stands for a key. Any thread.
     *
     * @param key a key of any selector
     * @return the knote, or null if the key's selector is none that was taken over
     */
    public Knote knote(SelectionKey key) {
        AdoptedSelector served = adopted.get(key.selector());
        return served == null ? null : served.knote(key);
    }

    /**
     * The selectors that the core serves now. Any thread.
     *
     * @return a copy
     */
    public List<Selector> adopted() {
        return List.copyOf(adopted.keySet());
    }

    /**
     * The selectors that have selected and stay the JDK's. Any thread.
     *
     * @return a copy, with the reason of each
     */
    public Map<Selector, String> refused() {
        synchronized (refused) {
            return Map.copyOf(refused);
        }
    }

    // ---- giving back

    /**
     * Gives all selectors back to the JDK's methods, and takes over no more. A selection that waits goes on in the JDK's method without the application's
     * seeing it. May be called again to wait longer. Any thread that holds no selector's lock.
     *
     * @param grace how long to leave it to those who select, in a wait or next: somebody else may have to wait for them, since they go on with the lock held
     * @param patience how long to wait for selectors that some thread keeps locked, by a long action for example: they are given back when it lets go
     * @return whether all are given back; those that are not are in {@link #waiting()}
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean giveBack(Duration grace, Duration patience) throws InterruptedException {
        long now = System.nanoTime();
        long end = now + patience.toNanos();
        retire();
        if (awaitGivenBack(Math.min(end, now + grace.toNanos()))) {
            return true;
        }
        giveBackElsewhere();
        return awaitGivenBack(end);
    }

    private synchronized void retire() {
        retired = true;
        for (AdoptedSelector served : adopted.values()) {
            try {
                served.retire();
            } catch (IOException e) {
                throw new InternalError(e);
            }
        }
    }

    private synchronized boolean awaitGivenBack(long end) throws InterruptedException {
        long left = end - System.nanoTime();
        while (!areGivenBack() && left > 0) {
            wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            left = end - System.nanoTime();
        }
        return areGivenBack();
    }

    /** Nobody finds a selector here any more that is on its way back, but its descriptors are not yet as the JDK's methods expect them. */
    private boolean areGivenBack() {
        return adopted.isEmpty() && goingBack == 0;
    }

    /** A monitor cannot be waited for with a bound, so that a thread for each selector does it, and ends with that. */
    private synchronized void giveBackElsewhere() {
        adopted.values().forEach(served -> givers.computeIfAbsent(served.jdk().selector(), selector -> {
            Thread giver = new Thread(null, () -> giveBackLocked(served), "kevent-give-back", 0, false);
            giver.setDaemon(true);
            giver.start();
            return giver;
        }));
    }

    /**
     * The selectors that are to be given back, and which some thread keeps locked. Any thread.
     *
     * @return a copy, with the thread that waits for the lock of each
     */
    public synchronized Map<Selector, Thread> waiting() {
        Map<Selector, Thread> waiting = new HashMap<>(givers);
        waiting.keySet().retainAll(adopted.keySet());
        return waiting;
    }

    /**
     * How many selectors were given back so far. Any thread.
     *
     * @return the number, without those that were closed before
     */
    public synchronized int givenBack() {
        return givenBack;
    }

    private void giveBackLocked(AdoptedSelector served) {
        if (adopted.get(served.jdk().selector()) != served) {
            // given back meanwhile, and perhaps locked for long by a selection of the JDK's
            return;
        }
        // this one and no other: a loop may hold the monitor of its selected keys, and come for the selector's
        synchronized (served.jdk().selector()) {
            giveBack(served);
        }
    }

    private void giveBack(AdoptedSelector served) {
        synchronized (this) {
            // from here on its wake-ups go the selector's own way
            if (!adopted.remove(served.jdk().selector(), served)) {
                return;
            }
            goingBack++;
        }
        try {
            served.giveBack();
        } catch (IOException e) {
            AdoptionLog.notWhollyReleased(served.jdk().selector(), e);
        } finally {
            gaveBack();
        }
    }
}
