// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What is sent, and how it is checked. */
public final class Bodies {
    /** Less than a packet, about a socket's buffer, and far more than one. */
    public static final List<Integer> SIZES = List.of(0, 1, 1_000, 65_537, 3_000_001);

    private Bodies() { }

    /** Bytes that differ from place to place and from seed to seed. */
    public static byte[] random(int size, long seed) {
        byte[] body = new byte[size];
        new Random(seed).nextBytes(body);
        return body;
    }

    /** Throws if a body is not the one expected. */
    public static void check(String what, byte[] expected, byte[] actual) {
        if (!Arrays.equals(expected, actual)) {
            throw new IllegalStateException(what + ": " + actual.length + " bytes came that are not the " + expected.length + " expected");
        }
    }
}
