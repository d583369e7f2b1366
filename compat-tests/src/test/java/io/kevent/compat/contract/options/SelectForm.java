// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.compat.support.Selecting;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

/** The two ways in which a selector reports: to its selected set, and to an action. What the options mean is the same for both. */
enum SelectForm {

    KEY_SET {
        @Override
        int report(SelectionKey key) throws IOException {
            return Selecting.report(key);
        }

        @Override
        void assertSilent(Selector selector) throws IOException {
            Selecting.assertSilent(selector);
        }
    },

    ACTION {
        @Override
        int report(SelectionKey key) throws IOException {
            long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
            int[] ready = {-1};
            while (ready[0] < 0) {
                key.selector().select(reported -> {
                    if (reported == key) {
                        ready[0] = key.readyOps();
                    }
                }, Waiting.LIMIT.toMillis());
                if (System.nanoTime() - deadline > 0) {
                    fail("not reported within " + Waiting.LIMIT.toSeconds() + " s: " + key);
                }
            }
            return ready[0];
        }

        @Override
        void assertSilent(Selector selector) throws IOException {
            List<SelectionKey> reported = new ArrayList<>();
            selector.selectNow(reported::add);
            selector.select(reported::add, SILENCE_MILLIS);
            assertEquals(List.of(), reported);
        }
    };

    private static final long SILENCE_MILLIS = 30;

    /** Waits until a key is reported and tells its ready set. */
    abstract int report(SelectionKey key) throws IOException;

    /** Nothing is reported, neither at once nor a moment later. */
    abstract void assertSilent(Selector selector) throws IOException;
}
