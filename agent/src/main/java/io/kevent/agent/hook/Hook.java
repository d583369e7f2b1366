// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.hook;

import java.lang.invoke.MethodHandle;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Where the changed bodies of the JDK's methods meet the agent. This class is a template: {@link io.kevent.agent.install.HookClass} defines a copy of it in the
 * boot loader as {@code sun.nio.ch.KeventHook}, and what the agent changes refers to the copy. It therefore names nothing but {@code java.base}.
 *
 * <p>A null field means that the agent is not installed, or was taken off again: the JDK's own body runs then.
 */
public final class Hook {

    /** Gives the provider that {@code SelectorProvider.provider()} answers. */
    public static volatile Supplier<Object> provider;

    /** Registers a channel with options in the interest set: channel, selector, interest set, attachment; gives the key, or null if none is asked for. */
    public static volatile Function<Object[], Object> register;

    /** Told of a read that is about to begin, with the channel; gives what {@link #endRead} wants to have back, null if nothing can be learned. */
    public static volatile Function<Object, Object> beginRead;

    /** Told of a read that has ended, with what it did: {@link #TOOK}, {@link #EMPTIED}, both or nothing. */
    public static volatile ObjIntConsumer<Object> endRead;

    /** The read took something from the channel, or may have. */
    public static final int TOOK = 1;

    /** The read has left nothing. */
    public static final int EMPTIED = 2;

    /** Does a selection instead of the selector: selector, action, timeout; {@code (Object,Object,long)long}, as the agent's adoption says. */
    public static volatile MethodHandle select;

    /** Wakes a selector instead of it; tells whether it was done. */
    public static volatile Predicate<Object> wakeup;

    /** Told of a selector and its cancelled key, before it lets go of it. */
    public static volatile BiConsumer<Object, Object> deregister;

    /** Told of a selector before its descriptors are closed. */
    public static volatile Consumer<Object> close;

    /** Told of a key that is not the agent's and an interest set with options for it; throws. */
    public static volatile ObjIntConsumer<Object> refuse;

    private Hook() { }
}
