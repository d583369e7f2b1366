// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Operations on selectors. */
final class Selecting {

    /** In place of a timeout: the select that does not block, and the one that has no timeout. */
    static final long NOW = 0;
    static final long FOREVER = -1;
    /** In place of the salt of an action: select without one. */
    static final long NO_ACTION = 0;

    /** The timeout of a select that something ends at once, in milliseconds: so long that no busy machine makes it look as if nothing had. */
    static final long LONG = 2000;

    private Selecting() { }

    /**
     * Selects.
     *
     * <p>With an action, the JDK empties the ready set of a selected key too when the kernel tells of events that make nothing ready. That may
     * differ, and what follows from it with it, so the selector is then asked without the action.
     *
     * @param timeout milliseconds, {@link #NOW} or {@link #FOREVER}
     * @param salt from which follows what the action does with each key, or {@link #NO_ACTION}
     */
    static Object select(World world, int s, long timeout, long salt) throws IOException {
        Selector selector = world.selectors[s];
        boolean woken = world.woken[s] || Thread.currentThread().isInterrupted();
        if (timeout == FOREVER && !woken && selector.isOpen()) {
            return Step.SKIPPED;
        }
        boolean acting = salt != NO_ACTION && !world.isSelectedInVain(s);
        boolean mustLast = timeout > 0 && !woken && !world.isAnythingReady(s) && !world.isAnythingPassing();
        Map<Integer, Object> acted = new TreeMap<>();
        long start = System.nanoTime();
        int n = !acting ? select(selector, timeout) : select(selector, timeout, key -> act(world, key, salt, acted));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        world.woken[s] = false;
        String remark = "";
        if (timeout != NOW && woken && millis >= LONG) {
            remark = ", which the wakeup did not end";
        } else if (mustLast && millis < timeout) {
            remark = ", before its time";
        }
        return n + remark + (acting ? " " + acted : "");
    }

    /** Selects with the interrupt status set, which ends the select, and is left as it is. */
    static Object selectInterrupted(World world, int s, long timeout, long salt) throws IOException {
        Thread.currentThread().interrupt();
        boolean still;
        Object outcome;
        try {
            outcome = select(world, s, timeout, salt);
        } finally {
            still = Thread.interrupted();
        }
        return outcome + (still ? ", interrupted" : ", no longer interrupted");
    }

    static Object wakeup(World world, int s) {
        world.selectors[s].wakeup();
        world.woken[s] = true;
        return "woken";
    }

    static Object close(World world, int s) throws IOException {
        world.selectors[s].close();
        return world.selectors[s].isOpen();
    }

    static Object reopen(World world, int s) throws IOException {
        if (world.selectors[s].isOpen()) {
            return Step.SKIPPED;
        }
        world.selectors[s] = world.provider.openSelector();
        world.woken[s] = false;
        return "opened";
    }

    private static int select(Selector selector, long timeout) throws IOException {
        return timeout == NOW ? selector.selectNow() : timeout == FOREVER ? selector.select() : selector.select(timeout);
    }

    private static int select(Selector selector, long timeout, Consumer<SelectionKey> action) throws IOException {
        return timeout == NOW ? selector.selectNow(action) : timeout == FOREVER ? selector.select(action) : selector.select(action, timeout);
    }

    /** Does with a key what follows from the salt; only with the key itself, as the order of the keys is nobody's business. */
    private static void act(World world, SelectionKey key, long salt, Map<Integer, Object> acted) {
        Entry entry = (Entry) key.attachment();
        int ready = key.isValid() ? key.readyOps() : -1;
        Object done;
        try {
            done = ready + " " + act(world, entry, (int) Long.remainderUnsigned(salt * 31 + entry.number * 0x9E3779B97F4A7C15L, 12));
        } catch (IOException | RuntimeException e) {
            done = ready + " " + e.getClass().getName();
        }
        if (acted.put(entry.number, done) != null) {
            throw new AssertionError(entry + " was handed to the action twice");
        }
    }

    private static Object act(World world, Entry entry, int choice) throws IOException {
        int valid = entry.slot.channel.validOps();
        switch (choice) {
            case 0: return "off " + entry.key.interestOps(0).interestOps();
            case 1: return "toggled " + entry.key.interestOps(entry.key.interestOps() ^ SelectionKey.OP_WRITE & valid).interestOps();
            case 2: return "same " + Keys.offAndOn(world, entry.number);
            case 3: return "read " + Traffic.read(entry.slot, 256);
            case 4: return "read " + Traffic.read(entry.slot, 8192);
            case 5: return "cancelled " + Keys.cancel(world, entry.number);
            case 6: return isOtherEndWatched(world, entry) ? "left" : "closed " + Traffic.close(entry.slot, false);
            case 7: return "selected " + world.selectors[entry.selector].selectNow();
            case 8: return "deselected " + Keys.deselect(world, entry.number, false);
            default: return "looked";
        }
    }

    /** Whether the order of the keys would decide what the action of another key reads. */
    private static boolean isOtherEndWatched(World world, Entry entry) {
        Slot peer = entry.slot.peer;
        return peer != null && peer.channel.keyFor(world.selectors[entry.selector]) != null;
    }
}
