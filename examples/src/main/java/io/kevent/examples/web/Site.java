// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What there is to get: {@code /bytes/N} is a text of N bytes, and {@code /} one of a line. */
final class Site {
    /** The most that can be asked for at once. */
    static final int MOST_BYTES = 1 << 20;

    private static final Pattern BYTES = Pattern.compile("/bytes/([0-9]{1,7})");

    /** Outside the heap, from where the kernel takes them without a copy; all responses share them. */
    private static final ByteBuffer CONTENT = content();

    private Site() { }

    private static ByteBuffer content() {
        ByteBuffer content = ByteBuffer.allocateDirect(MOST_BYTES);
        for (int i = 0; i < MOST_BYTES; i++) {
            content.put(i, byteAt(i));
        }
        return content.asReadOnlyBuffer();
    }

    /** Letters, in lines whose length and content shift, so that a byte out of place shows. */
    static byte byteAt(int position) {
        int inLine = position % 71;
        return (byte) (inLine == 70 ? '\n' : 'a' + (inLine + position / 71) % 26);
    }

    /** Answers a request: what to write. */
    static ByteBuffer[] answer(Request request) {
        boolean closes = !request.keepsAlive();
        boolean headOnly = request.method().equals("HEAD");
        if (!headOnly && !request.method().equals("GET")) {
            return Response.refusal(Status.METHOD_NOT_ALLOWED, closes, false);
        }
        int length = lengthOf(request.path());
        return length < 0
                ? Response.refusal(Status.NOT_FOUND, closes, headOnly)
                : Response.of(Status.OK, CONTENT.slice(0, length), closes, headOnly);
    }

    private static int lengthOf(String path) {
        if (path.equals("/")) {
            return 71;
        }
        Matcher bytes = BYTES.matcher(path);
        int length = bytes.matches() ? Integer.parseInt(bytes.group(1)) : -1;
        return length <= MOST_BYTES ? length : -1;
    }
}
