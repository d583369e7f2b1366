// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.ChildJvm;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A process that has no descriptor left. */
class FewDescriptorsTest {

    @Test
    void openingASelectorFailsWithoutALeakAndTheOthersGoOn() throws Exception {
        assertEquals("done", ChildJvm.runWithDescriptors(64, FewDescriptors.class).strip());
    }

    @Test
    void oddLimitLeavesOneDescriptorForHalfASelector() throws Exception {
        // a selector takes two: with one limit or the other, the second of them is the one that is missing
        assertEquals("done", ChildJvm.runWithDescriptors(65, FewDescriptors.class).strip());
    }
}
