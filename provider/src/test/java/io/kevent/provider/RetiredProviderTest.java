// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import io.kevent.provider.kernel.JdkSelector;
import io.kevent.provider.selector.KeventSelector;
import java.nio.channels.Selector;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** A provider that was taken off while somebody keeps it. */
class RetiredProviderTest {

    @Test
    void selectorsAreTheJdksInItsName() throws Exception {
        KeventSelectorProvider provider = new KeventSelectorProvider();
        try (Selector before = provider.openSelector()) {
            assertInstanceOf(KeventSelector.class, before);
            provider.retire();
            assertTrue(before.isOpen());
        }
        try (Selector after = provider.openSelector()) {
            assertTrue(JdkSelector.isOne(after));
            assertSame(provider, after.provider());
        }
    }

    @Test
    void actionThatHasNotRunIsDropped() throws Exception {
        KeventSelectorProvider provider = new KeventSelectorProvider();
        provider.onNextSelector(() -> fail("run"));
        provider.retire();
        provider.openSelector().close();
    }
}
