// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A request and the response to it, each to the byte, written down here apart from the server.
 *
 * @param request what to send
 * @param response what must come
 */
record Exchange(byte[] request, byte[] response) {

    private static final byte[] CONTENT = content();

    static Exchange get(int bytes) {
        return new Exchange(request("GET", bytes, ""), response("200 OK", body(bytes), bytes, ""));
    }

    static Exchange head(int bytes) {
        return new Exchange(request("HEAD", bytes, ""), response("200 OK", body(0), bytes, ""));
    }

    static Exchange getAndClose(int bytes) {
        return new Exchange(request("GET", bytes, "connection: Close\r\n"), response("200 OK", body(bytes), bytes, "Connection: close\r\n"));
    }

    static Exchange post(int bytes) {
        byte[] request = text("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + bytes + "\r\n\r\n" + "x".repeat(bytes));
        return new Exchange(request, refusal("405 Method Not Allowed", "Allow: GET, HEAD\r\n"));
    }

    static Exchange missing() {
        return new Exchange(text("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"), refusal("404 Not Found", ""));
    }

    /** Something that is refused, and ends the connection. */
    static Exchange refused(String request, String status) {
        return new Exchange(text(request), refusal(status, "Connection: close\r\n"));
    }

    static Exchange garbage() {
        return refused("GET\r\n\r\n", "400 Bad Request");
    }

    private static byte[] request(String method, int bytes, String fields) {
        return text(method + " /bytes/" + bytes + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    }

    private static byte[] refusal(String status, String fields) {
        byte[] body = text(status + "\n");
        return response(status, body, body.length, fields);
    }

    private static byte[] response(String status, byte[] body, int length, String fields) {
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: text/plain; charset=us-ascii\r\nContent-Length: " + length + "\r\n" + fields + "\r\n";
        return joined(List.of(text(head), body));
    }

    private static byte[] body(int bytes) {
        return Arrays.copyOf(CONTENT, bytes);
    }

    private static byte[] content() {
        byte[] content = new byte[1 << 20];
        for (int i = 0; i < content.length; i++) {
            int inLine = i % 71;
            content[i] = (byte) (inLine == 70 ? '\n' : 'a' + (inLine + i / 71) % 26);
        }
        return content;
    }

    static byte[] requests(List<Exchange> exchanges) {
        return joined(exchanges.stream().map(Exchange::request).toList());
    }

    static byte[] responses(List<Exchange> exchanges) {
        return joined(exchanges.stream().map(Exchange::response).toList());
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        parts.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
