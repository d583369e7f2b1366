// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.io.IOException;
import java.nio.channels.Selector;

/** Selects in vain for long, by one selector with the agent, and by another after it was taken off. */
final class SpinProgram {
    /** Far more than a spin needs: one run may fail if the machine stalls in the midst of it. */
    private static final int ENOUGH = 20_000;

    private SpinProgram() { }

    public static void main(String[] args) throws Exception {
        try (Selector first = Selector.open(); Selector second = Selector.open()) {
            spin(first);
            KeventAgent.undo();
            spin(second);
        }
    }

    private static void spin(Selector selector) throws IOException {
        Thread.currentThread().interrupt();
        for (int i = 0; i < ENOUGH; i++) {
            selector.select();
        }
        Thread.interrupted();
        System.out.println("spun");
    }
}
