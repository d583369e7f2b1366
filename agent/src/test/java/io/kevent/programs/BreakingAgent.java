// SPDX-License-Identifier: Apache-2.0
package io.kevent.programs;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;

/**
 * Another agent, in whose way of changing a class of the JDK somebody else's change may fail. The system property {@code break} tells it: {@code now} makes
 * the class one that the JVM refuses; {@code next} takes all descriptors there are, until the class is changed once more, when it makes it such a one.
 */
public final class BreakingAgent implements ClassFileTransformer {
    private static final String ORDER = "break";
    private static final String CLASS = "sun.nio.ch.SelectionKeyImpl";

    /** The JVM calls it by one thread in these tests. */
    private final List<Closeable> descriptors = new ArrayList<>();

    private BreakingAgent() { }

    /** Called by the JVM. With a text it only looks whether that stands in the class, and tells it in the system property {@code found}. */
    public static void agentmain(String text, Instrumentation instrumentation) throws Exception {
        if (text == null) {
            instrumentation.addTransformer(new BreakingAgent(), true);
        } else {
            System.setProperty("found", Boolean.toString(isFound(text, instrumentation)));
        }
    }

    private static boolean isFound(String text, Instrumentation instrumentation) throws Exception {
        boolean[] found = new boolean[1];
        ClassFileTransformer looking = new ClassFileTransformer() {
            @Override
            public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
                found[0] |= isTheClass(name) && new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
                return null;
            }
        };
        instrumentation.addTransformer(looking, true);
        instrumentation.retransformClasses(Class.forName(CLASS));
        instrumentation.removeTransformer(looking);
        return found[0];
    }

    private static boolean isTheClass(String name) {
        return CLASS.replace('.', '/').equals(name);
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
        if (!isTheClass(name)) {
            return null;
        }
        switch (System.getProperty(ORDER, "")) {
            case "next" -> {
                takeDescriptors();
                System.setProperty(ORDER, "now");
                return null;
            }
            case "now" -> {
                giveDescriptors();
                return new byte[4];
            }
            default -> {
                return null;
            }
        }
    }

    private void takeDescriptors() {
        while (true) {
            try {
                descriptors.add(new FileInputStream("/dev/null"));
            } catch (IOException e) {
                // there are no more
                return;
            }
        }
    }

    private void giveDescriptors() {
        for (Closeable descriptor : descriptors) {
            try {
                descriptor.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        descriptors.clear();
    }
}
