// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import io.kevent.KeventQueue;
import java.io.IOException;
import java.nio.channels.Selector;

/** The child's main class: a queue where a selector was opened before. */
final class OpenQueueAfterSelector {
    private OpenQueueAfterSelector() { }

    public static void main(String[] args) throws IOException {
        Selector.open().close();
        try {
            KeventQueue.open().close();
        } catch (IllegalStateException e) {
            System.out.println("queue=" + e.getMessage());
        }
    }
}
