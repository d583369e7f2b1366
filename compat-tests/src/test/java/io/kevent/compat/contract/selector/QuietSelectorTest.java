// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A selector is two descriptors and no thread. */
class QuietSelectorTest {

    @Test
    void selectorOfAPlatformThreadStartsNothingAndLeavesNothing() throws Exception {
        assertEquals("no threads, 0 descriptors left", ChildJvm.run(List.of(), QuietSelector.class).strip());
    }
}
