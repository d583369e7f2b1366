// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.install;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.dynamic.ClassFileLocator;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

/**
 * Weaves advice into methods of loaded classes, and unweaves it. Only bodies change, never the format of a class. All or nothing: what cannot be woven is
 * thrown, after what was woven before it is undone.
 */
final class Weaving implements ClassFileTransformer {
    private final Map<Class<?>, List<Change>> woven = new LinkedHashMap<>();
    private Instrumentation instrumentation;

    /** The JVM swallows what a transformer throws. */
    private IllegalStateException failure;

    /** Advice for a method of that name. */
    private record Change(String method, AsmVisitorWrapper advice) { }

    /** Adds a method, known by its name and how many arguments it takes, to what {@link #weave} will change. */
    Weaving with(Class<?> type, String method, int arguments, Class<?> advice) throws IOException {
        woven.computeIfAbsent(type, none -> new ArrayList<>())
                .add(new Change(method, Advice.to(advice, HookClass.locator(advice)).on(named(method).and(takesArguments(arguments)))));
        return this;
    }

    void weave(Instrumentation into) {
        instrumentation = into;
        into.addTransformer(this, true);
        try {
            retransform();
            if (failure != null) {
                throw failure;
            }
        } catch (Throwable t) {
            unweaveAfter(t);
            throw t;
        }
    }

    /** What stays woven if this fails too does nothing: no hook is set yet, and nobody weaves it anew. */
    private void unweaveAfter(Throwable first) {
        try {
            unweave();
        } catch (Throwable second) {
            // the JVM may throw one OutOfMemoryError twice
            if (second != first) {
                first.addSuppressed(second);
            }
        }
    }

    /** May be called again if it fails. */
    void unweave() {
        instrumentation.removeTransformer(this);
        retransform();
    }

    private void retransform() {
        try {
            instrumentation.retransformClasses(woven.keySet().toArray(Class<?>[]::new));
        } catch (UnmodifiableClassException | LinkageError | UnsupportedOperationException | InternalError e) {
            throw new IllegalStateException("the JVM refuses to change one of "
                    + woven.keySet().stream().map(Class::getName).collect(Collectors.joining(", ")) + ": see whether another agent changes it too", e);
        }
    }

    @Override
    public byte[] transform(Module module, ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
        List<Change> changes = woven.get(type);
        if (changes == null) {
            return null;
        }
        try {
            return new ByteBuddy().decorate(type, ClassFileLocator.Simple.of(type.getName(), bytes))
                    .visit(new AsmVisitorWrapper.Compound(changes.stream().map(Change::advice).toList())).make().getBytes();
        } catch (Throwable t) {
            failure = new IllegalStateException(type.getName() + " could not be changed ("
                    + changes.stream().map(Change::method).collect(Collectors.joining(", ")) + ")", t);
            return null;
        }
    }
}
