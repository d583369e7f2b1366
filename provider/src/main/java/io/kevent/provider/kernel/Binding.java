// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;

/**
 * Looks up members of {@code sun.nio.ch}. The handles are kept by the classes that use them in {@code static final} fields, where the compiler sees
 * through them: a call costs what the JDK's own call costs.
 */
final class Binding {
    private static final MethodHandles.Lookup SELF = MethodHandles.lookup();

    static {
        // whose initialisation loads the native methods of the package, which some of its classes call in theirs
        to("IOUtil");
    }

    private final MethodHandles.Lookup lookup;
    private final Class<?> type;

    private Binding(MethodHandles.Lookup lookup, Class<?> type) {
        this.lookup = lookup;
        this.type = type;
    }

    /** Binds to a class of {@code sun.nio.ch}, and initialises it. */
    static Binding to(String simpleName) {
        return to(simpleName, true);
    }

    /** Binds to a class that must not come to life before it is used: one that starts threads. */
    static Binding toDormant(String simpleName) {
        return to(simpleName, false);
    }

    private static Binding to(String simpleName, boolean initialize) {
        String name = "sun.nio.ch." + simpleName;
        try {
            Class<?> type = Class.forName(name, initialize, null);
            return new Binding(MethodHandles.privateLookupIn(type, SELF), type);
        } catch (ReflectiveOperationException e) {
            throw new MissingInternalsException("class " + name, e);
        }
    }

    Class<?> type() {
        return type;
    }

    MethodHandle staticMethod(String name, Class<?> result, Class<?>... parameters) {
        try {
            return lookup.findStatic(type, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw missing(name, e);
        }
    }

    /** A static method without parameters whose result, of a class of {@code sun.nio.ch}, is given as the named supertype. */
    MethodHandle staticMethodAs(Class<?> as, String name, String resultSimpleName) {
        MethodHandle handle = staticMethod(name, to(resultSimpleName).type);
        return handle.asType(handle.type().changeReturnType(as));
    }

    /** An instance method whose receiver, and parameters of classes of {@code sun.nio.ch}, are taken as {@code Object}: those cannot be named here. */
    MethodHandle method(String name, Class<?> result, Class<?>... parameters) {
        try {
            MethodHandle handle = lookup.findVirtual(type, name, MethodType.methodType(result, parameters));
            MethodType named = handle.type().changeParameterType(0, Object.class);
            for (int i = 1; i < named.parameterCount(); i++) {
                if (named.parameterType(i).getPackageName().equals("sun.nio.ch")) {
                    named = named.changeParameterType(i, Object.class);
                }
            }
            return handle.asType(named);
        } catch (ReflectiveOperationException e) {
            throw missing(name, e);
        }
    }

    /** A constructor whose result is given as the named supertype. */
    MethodHandle constructor(Class<?> as, Class<?>... parameters) {
        try {
            MethodHandle handle = lookup.findConstructor(type, MethodType.methodType(void.class, parameters));
            return handle.asType(handle.type().changeReturnType(as));
        } catch (ReflectiveOperationException e) {
            throw missing("<init>", e);
        }
    }

    /** An instance field. */
    VarHandle field(String name, Class<?> fieldType) {
        try {
            return lookup.findVarHandle(type, name, fieldType);
        } catch (ReflectiveOperationException e) {
            throw missing(name, e);
        }
    }

    private MissingInternalsException missing(String member, ReflectiveOperationException cause) {
        return new MissingInternalsException(type.getName() + "." + member, cause);
    }
}
