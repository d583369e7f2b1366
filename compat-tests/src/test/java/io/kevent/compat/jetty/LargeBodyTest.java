// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LargeBodyTest extends JettyTestCase {
    private static final int MEGABYTE = 1024 * 1024;

    @ParameterizedTest
    @EnumSource
    void severalMegabyteBodiesComeDownWhole(Way way) throws Exception {
        way.open(server, certificate).downloads(MEGABYTE);
    }

    @ParameterizedTest
    @EnumSource
    void severalTenMegabyteBodiesComeDownWhole(Way way) throws Exception {
        way.open(server, certificate).downloads(10 * MEGABYTE);
    }

    @ParameterizedTest
    @EnumSource
    void severalMegabyteBodiesGoUpAndComeBackWhole(Way way) throws Exception {
        way.open(server, certificate).echoes(MEGABYTE);
    }

    @ParameterizedTest
    @EnumSource
    void severalTenMegabyteBodiesGoUpAndComeBackWhole(Way way) throws Exception {
        way.open(server, certificate).echoes(10 * MEGABYTE);
    }
}
