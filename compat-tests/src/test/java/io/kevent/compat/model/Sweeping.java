// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Selects whose action concerns all keys of the selector, so that it matters which of them has its turn first, and that is nobody's business. What is
 * compared is what holds in any order; the ready sets are not, until the keys are reported again, which is why no key may be selected.
 */
final class Sweeping {

    private Sweeping() { }

    /** The action throws at the first key; those that wait behind it must not be lost. */
    static Object throwing(World world, int s) throws IOException {
        return select(world, s, key -> {
            throw new ActionException();
        });
    }

    /** The first key's action turns the interest of all keys off, so that no other is reported. */
    static Object turningOff(World world, int s) throws IOException {
        return select(world, s, key -> world.selectors[s].keys().forEach(other -> {
            if (other.isValid()) {
                other.interestOps(0);
            }
        }));
    }

    /** The first key's action cancels all keys; those that were found ready are reported nonetheless. */
    static Object cancelling(World world, int s) throws IOException {
        Set<Integer> reported = new TreeSet<>();
        Object count = select(world, s, key -> {
            reported.add(((Entry) key.attachment()).number);
            world.selectors[s].keys().forEach(SelectionKey::cancel);
        });
        return count + " " + reported;
    }

    private static Object select(World world, int s, Consumer<SelectionKey> action) throws IOException {
        Selector selector = world.selectors[s];
        if (world.woken[s] || selector.isOpen() && !selector.selectedKeys().isEmpty()) {
            // woken: whether the JDK takes a wakeup for heard when an action throws depends on the order too
            return Step.SKIPPED;
        }
        for (Entry entry : world.entries) {
            entry.readyIsUnknown |= entry.selector == s;
        }
        return selector.selectNow(action);
    }

    /** What the action throws. */
    private static final class ActionException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
