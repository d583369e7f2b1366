// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ProviderTest extends JettyTestCase {
    @Test
    void eachManagedSelectorHasASelectorOfTheProviderUnderTest() {
        List<String> classes = server.selectorClasses();
        assertEquals(2 * selectors, classes.size(), "two connectors: " + classes);
        assertTrue(classes.stream().allMatch(NioProvider.underTest()::made), classes.toString());
    }
}
