// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.install;

import io.kevent.agent.hook.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Defines {@link Hook} in the boot loader. A class defined into the open package {@code sun.nio.ch} is seen by all of {@code java.base} and costs nothing;
 * a jar appended to the boot class path would make the JVM print a warning about class data sharing.
 */
final class HookClass {
    private static final String NAME = "sun.nio.ch.KeventHook";

    private final MethodHandles.Lookup lookup;
    private final Class<?> type;

    private HookClass(MethodHandles.Lookup lookup, Class<?> type) {
        this.lookup = lookup;
        this.type = type;
    }

    /** Finds or defines it; {@code sun.nio.ch} must be open to the agent. */
    static HookClass define() throws IOException, ReflectiveOperationException {
        Class<?> neighbour = Class.forName("sun.nio.ch.SelectorImpl");
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup());
        try {
            return new HookClass(lookup, Class.forName(NAME, true, null));
        } catch (ClassNotFoundException e) {
            // the first installation in this JVM
            return new HookClass(lookup, lookup.defineClass(renamed(Hook.class)));
        }
    }

    /** Sets a field of the boot loader's copy. */
    void set(String field, Class<?> fieldType, Object value) throws ReflectiveOperationException {
        VarHandle handle = lookup.findStaticVarHandle(type, field, fieldType);
        handle.setVolatile(value);
    }

    /** The class file of a class of the agent in which the hook has the name that it has in the boot loader. */
    private static byte[] renamed(Class<?> template) throws IOException {
        String resource = template.getName().replace('.', '/') + ".class";
        try (InputStream in = template.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing in the agent's jar");
            }
            ClassWriter renamed = new ClassWriter(0);
            SimpleRemapper remapper = new SimpleRemapper(OpenedClassReader.ASM_API, Hook.class.getName().replace('.', '/'), NAME.replace('.', '/'));
            new ClassReader(in.readAllBytes()).accept(new ClassRemapper(renamed, remapper), 0);
            return renamed.toByteArray();
        }
    }

    /** Where advice is read from: the agent's classes, with the hook renamed. */
    static ClassFileLocator locator(Class<?> advice) throws IOException {
        return ClassFileLocator.Simple.of(advice.getName(), renamed(advice));
    }
}
