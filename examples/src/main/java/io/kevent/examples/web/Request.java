// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A request of HTTP/1.1, parsed as RFC 9112 wants it, and refused where that is in doubt. */
final class Request {
    /** The longest body; it is not used for anything. */
    static final int MOST_BODY_BYTES = 1 << 16;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern REQUEST_LINE = Pattern.compile("(" + TOKEN + ") ([!-~]+) HTTP/([0-9])\\.([0-9])");
    private static final Pattern FIELD_LINE = Pattern.compile("(" + TOKEN + "):[ \\t]*([^\\x00-\\x08\\x0a-\\x1f\\x7f]*?)[ \\t]*");
    private static final Pattern AUTHORITY = Pattern.compile("(?i)^https?://[^/?]*");

    private final String method;
    private final String path;
    private final boolean persistent;
    private int hosts;
    private boolean close;
    private int bodyLeft = -1;

    private Request(String requestLine) throws RefusedException {
        Matcher line = matched(REQUEST_LINE, requestLine);
        if (!line.group(3).equals("1")) {
            throw new RefusedException(Status.VERSION_NOT_SUPPORTED);
        }
        method = line.group(1);
        path = AUTHORITY.matcher(line.group(2)).replaceFirst("").replaceFirst("\\?.*", "");
        persistent = !line.group(4).equals("0");
    }

    /**
     * Takes the head of the next request.
     *
     * @param in what has come, from position to limit; what was parsed is taken away
     * @return the request; null if its head is not complete yet
     * @throws RefusedException if it is not one, or not one that is served here
     */
    static Request parse(ByteBuffer in) throws RefusedException {
        while (startsWithNewLine(in, in.position())) {
            in.position(in.position() + 2);
        }
        for (int i = in.position(); i < in.limit(); i++) {
            if (startsWithNewLine(in, i) && startsWithNewLine(in, i + 2)) {
                byte[] head = new byte[i - in.position()];
                in.get(head).position(i + 4);
                return ofHead(new String(head, StandardCharsets.ISO_8859_1));
            }
        }
        if (in.remaining() == in.capacity()) {
            throw new RefusedException(Status.HEAD_TOO_LARGE);
        }
        return null;
    }

    private static boolean startsWithNewLine(ByteBuffer in, int at) {
        return at + 1 < in.limit() && in.get(at) == '\r' && in.get(at + 1) == '\n';
    }

    private static Request ofHead(String head) throws RefusedException {
        String[] lines = head.split("\r\n");
        Request request = new Request(lines[0]);
        for (int i = 1; i < lines.length; i++) {
            Matcher field = matched(FIELD_LINE, lines[i]);
            request.take(field.group(1).toLowerCase(Locale.ROOT), field.group(2));
        }
        if (request.persistent ? request.hosts != 1 : request.hosts > 1) {
            throw new RefusedException(Status.BAD_REQUEST);
        }
        return request;
    }

    private static Matcher matched(Pattern pattern, String line) throws RefusedException {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new RefusedException(Status.BAD_REQUEST);
        }
        return matcher;
    }

    private void take(String name, String value) throws RefusedException {
        switch (name) {
            case "host" -> hosts++;
            case "connection" -> close |= Stream.of(value.split(",")).anyMatch(option -> option.strip().equalsIgnoreCase("close"));
            case "content-length" -> takeLength(value);
            case "transfer-encoding" -> throw new RefusedException(Status.NOT_IMPLEMENTED);
            case "expect" -> throw new RefusedException(Status.EXPECTATION_FAILED);
            default -> { }
        }
    }

    /** Two of them, even if they agree, are an attempt to have two servers see two different requests. */
    private void takeLength(String value) throws RefusedException {
        if (bodyLeft >= 0 || !value.matches("[0-9]+")) {
            throw new RefusedException(Status.BAD_REQUEST);
        }
        if (value.length() > 9 || Integer.parseInt(value) > MOST_BODY_BYTES) {
            throw new RefusedException(Status.CONTENT_TOO_LARGE);
        }
        bodyLeft = Integer.parseInt(value);
    }

    /** Takes away what has come of the body, and tells whether that was the rest. */
    boolean skipBody(ByteBuffer in) {
        int skipped = Math.min(Math.max(bodyLeft, 0), in.remaining());
        in.position(in.position() + skipped);
        bodyLeft -= skipped;
        return bodyLeft <= 0;
    }

    String method() {
        return method;
    }

    /** The path, as it was sent; without the query. */
    String path() {
        return path;
    }

    /** Whether more requests may follow on the connection. */
    boolean keepsAlive() {
        return persistent && !close;
    }
}
