// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    public static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }

    /** Throws if a body is not the one expected. */
    public static void check(String what, byte[] expected, byte[] actual) {
        if (!sha256(expected).equals(sha256(actual))) {
            throw new IllegalStateException(what + ": " + actual.length + " bytes came that are not the " + expected.length + " expected");
        }
    }
}
