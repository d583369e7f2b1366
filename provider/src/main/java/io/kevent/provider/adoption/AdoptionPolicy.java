// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.KeventSelectorProvider;
import io.kevent.provider.kernel.JdkSelector;
import java.nio.channels.Selector;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Which selectors are taken over. */
final class AdoptionPolicy {
    private static final String KEVENT = KeventSelectorProvider.class.getPackageName() + ".";
    private static final StackWalker STACK = StackWalker.getInstance();

    private final Predicate<String> serves;
    private final BooleanSupplier holdsCarrier;

    /** Takes whether the code of the class with a given name is served, null if all is; and whether a thread that waits holds what other threads need. */
    AdoptionPolicy(Predicate<String> serves, BooleanSupplier holdsCarrier) {
        this.serves = serves;
        this.holdsCarrier = holdsCarrier;
    }

    /** To be asked by the selecting thread. Null if there is none. */
    String reasonAgainst(Selector selector) {
        // one that is retired opens the JDK's selectors for everybody, and what it excluded before says nothing of the present
        if (selector.provider() instanceof KeventSelectorProvider opener && !opener.isRetired()) {
            return "opened by code that is excluded";
        }
        if (serves != null && !serves.test(selectingClass())) {
            return "selected by code that is excluded";
        }
        // the JDK's own wait has the scheduler make up for the carrier
        if (holdsCarrier.getAsBoolean()) {
            return "selected by a virtual thread, which would hold its carrier while it waits (on JDK 21 to 23)";
        }
        return null;
    }

    /** The first class on the stack that is neither of kevent nor of {@code java.base}'s selectors. */
    private static String selectingClass() {
        return STACK.walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                .filter(name -> !name.startsWith("java.") && !JdkSelector.isPart(name) && !name.startsWith(KEVENT))
                .findFirst().orElse(""));
    }
}
