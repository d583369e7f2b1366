// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** Bodies that server and client can make each on its own, and compare. */
public final class Bodies {
    private Bodies() { }

    /** What {@code GET /hello/<name>} answers. */
    public static byte[] hello(String name) {
        return ("hello " + name + ", this is Jetty\n").getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] random(int size, long seed) {
        byte[] body = new byte[size];
        new Random(seed).nextBytes(body);
        return body;
    }

    static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("each JDK has SHA-256", e);
        }
    }
}
