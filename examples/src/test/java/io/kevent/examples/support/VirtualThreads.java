// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.support;

import java.util.concurrent.ThreadFactory;

/** Virtual threads by reflection: the tests compile on a JDK that has none. */
public final class VirtualThreads {
    private VirtualThreads() { }

    /** Whether the JDK has them for good. */
    public static boolean areThere() {
        return Runtime.version().feature() >= 21;
    }

    /** Makes them. */
    public static ThreadFactory factory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
