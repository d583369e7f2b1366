// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes responses: buffers, to be written one after the other. */
final class Response {
    private Response() { }

    /**
     * A response with a text or other bytes.
     *
     * @param status the status
     * @param content the body, from position to limit
     * @param closes whether the connection ends with it
     * @param headOnly whether the body is only announced, as HEAD wants it
     * @return what to write
     */
    static ByteBuffer[] of(Status status, ByteBuffer content, boolean closes, boolean headOnly) {
        String head = "HTTP/1.1 " + status + "\r\n"
                + "Content-Type: text/plain; charset=us-ascii\r\n"
                + "Content-Length: " + content.remaining() + "\r\n"
                + (status == Status.METHOD_NOT_ALLOWED ? "Allow: GET, HEAD\r\n" : "")
                + (closes ? "Connection: close\r\n" : "")
                + "\r\n";
        ByteBuffer bytes = bytes(head);
        return headOnly ? new ByteBuffer[] {bytes} : new ByteBuffer[] {bytes, content};
    }

    /** A response that says no. */
    static ByteBuffer[] refusal(Status status, boolean closes, boolean headOnly) {
        return of(status, bytes(status + "\n"), closes, headOnly);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
