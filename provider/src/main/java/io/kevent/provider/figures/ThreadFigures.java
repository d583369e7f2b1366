// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.ConstructorParameters;

/**
 * The thread that selects, or was the last that did.
 *
 * @param id its identifier
 * @param name its name; may be empty
 * @param state a {@link Thread.State}
 * @param selecting whether it is inside a method of the selector that selects; where not, it may be doing with the keys what it selected them for
 * @param stack what it is doing, the innermost frame first; empty if it is not running any more
 */
public record ThreadFigures(long id, String name, String state, boolean selecting, List<String> stack) {

    /**
     * Makes figures.
     *
     * @param id the thread's identifier
     * @param name its name
     * @param state its state
     * @param selecting whether it selects
     * @param stack its stack
     */
    @ConstructorParameters({"id", "name", "state", "selecting", "stack"})
    public ThreadFigures {
        stack = List.copyOf(stack);
    }

    static ThreadFigures of(Thread thread, boolean selecting) {
        List<String> stack = Arrays.stream(thread.getStackTrace()).map(StackTraceElement::toString).collect(Collectors.toUnmodifiableList());
        return new ThreadFigures(thread.getId(), thread.getName(), thread.getState().name(), selecting, stack);
    }

    // JMX learned to see records in JDK 21; before, it sees these

    /** {@return the thread's identifier} */
    public long getId() {
        return id;
    }

    /** {@return the thread's name} */
    public String getName() {
        return name;
    }

    /** {@return the thread's state} */
    public String getState() {
        return state;
    }

    /** {@return whether the thread is selecting} */
    public boolean isSelecting() {
        return selecting;
    }

    /** {@return the thread's stack, the innermost frame first} */
    public List<String> getStack() {
        return stack;
    }
}
