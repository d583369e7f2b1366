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
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Weaves advice into methods of loaded classes, and unweaves it. Only bodies change, never the format of a class. All or nothing: what cannot be woven is
 * thrown, after what was woven before it is undone.
 */
final class Weaving implements ClassFileTransformer {
    private final Map<Class<?>, List<AsmVisitorWrapper>> woven = new LinkedHashMap<>();
    private Instrumentation instrumentation;

    /** The JVM swallows what a transformer throws. */
    private Throwable failure;

    /** Adds a method to what {@link #weave} will change. */
    Weaving with(Class<?> type, ElementMatcher<? super MethodDescription> method, Class<?> advice) throws IOException {
        woven.computeIfAbsent(type, none -> new ArrayList<>()).add(Advice.to(advice, HookClass.locator(advice)).on(method));
        return this;
    }

    void weave(Instrumentation into) throws UnmodifiableClassException {
        instrumentation = into;
        into.addTransformer(this, true);
        try {
            into.retransformClasses(woven.keySet().toArray(Class<?>[]::new));
            if (failure != null) {
                throw new IllegalStateException("a method of the JDK could not be changed", failure);
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
    void unweave() throws UnmodifiableClassException {
        instrumentation.removeTransformer(this);
        instrumentation.retransformClasses(woven.keySet().toArray(Class<?>[]::new));
    }

    @Override
    public byte[] transform(Module module, ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
        List<AsmVisitorWrapper> advice = woven.get(type);
        if (advice == null) {
            return null;
        }
        try {
            return new ByteBuddy().decorate(type, ClassFileLocator.Simple.of(type.getName(), bytes))
                    .visit(new AsmVisitorWrapper.Compound(advice)).make().getBytes();
        } catch (Throwable t) {
            failure = t;
            return null;
        }
    }
}
