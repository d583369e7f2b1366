// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import java.nio.channels.Selector;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** Reasons that hold in no test of whole selectors on the JDKs at hand. */
class AdoptionPolicyTest {
    @Test
    void selectorWhoseThreadWouldHoldItsCarrierIsLeftAlone() throws Exception {
        try (Selector selector = Selector.open()) {
            assertEquals("selected by a virtual thread, which would hold its carrier while it waits (on JDK 21 to 23)",
                    new AdoptionPolicy(null, () -> true).reasonAgainst(selector));
            assertNull(new AdoptionPolicy(null, () -> false).reasonAgainst(selector));
        }
    }
}
