// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.KeventQueue;
import java.io.IOException;

/** Asks for signals twice where there are none, and prints what it is told. */
final class UnknownSignalProgram {
    private UnknownSignalProgram() { }

    public static void main(String[] args) throws IOException {
        try (KeventQueue queue = KeventQueue.open()) {
            for (int i = 0; i < 2; i++) {
                try {
                    queue.signal("TERM", 0, null);
                } catch (UnsupportedOperationException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }
}
