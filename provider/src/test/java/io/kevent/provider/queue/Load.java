// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

/** How much a test with random operations does: enough for each build, or more of it with {@code -Dkevent.stress=long}. */
final class Load {
    private static final int LONG = 20;

    private Load() { }

    static int times(int count) {
        return "long".equals(System.getProperty("kevent.stress")) ? count * LONG : count;
    }
}
