// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RequestTest {

    private static ByteBuffer bytes(String text) {
        return StandardCharsets.ISO_8859_1.encode(text);
    }

    /** In the tables below a line ends with a bar. */
    private static ByteBuffer lines(String text) {
        return bytes(text.replace("|", "\r\n"));
    }

    @Test
    void aHeadIsNotTakenBeforeItsLastByteHasCome() throws RefusedException {
        byte[] all = lines("GET /a HTTP/1.1|Host: b||").array();
        for (int length = 0; length < all.length; length++) {
            ByteBuffer in = ByteBuffer.wrap(all, 0, length);
            assertNull(Request.parse(in), "after " + length + " bytes");
            assertEquals(0, in.position());
        }
        assertEquals("/a", Request.parse(ByteBuffer.wrap(all)).path());
    }

    @Test
    void whatFollowsTheHeadIsLeft() throws RefusedException {
        ByteBuffer in = lines("GET /a HTTP/1.1|Host: b||GET /c");
        Request.parse(in);
        assertEquals(bytes("GET /c"), in);
    }

    @Test
    void theBodyIsSkippedAsItComes() throws RefusedException {
        ByteBuffer in = lines("POST /a HTTP/1.1|Host: b|Content-Length: 5||abc");
        Request request = Request.parse(in);
        assertFalse(request.skipBody(in));
        ByteBuffer rest = bytes("deGET");
        assertTrue(request.skipBody(rest));
        assertEquals(bytes("GET"), rest);
    }

    @ParameterizedTest
    @CsvSource({"/a, /a", "/a?b=/c, /a", "http://host/a?b, /a", "HTTP://host:80/a, /a"})
    void thePathIsTheTargetWithoutAuthorityAndQuery(String target, String path) throws RefusedException {
        assertEquals(path, Request.parse(lines("GET " + target + " HTTP/1.1|Host: b||")).path());
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1|Host: b, true",
        "HTTP/1.1|Host: b|Connection: close, false",
        "HTTP/1.1|Host: b|connection: \tx;y ;CLOSE, true",
        "HTTP/1.1|Host: b|Connection: keep-alive, true",
        "HTTP/1.0, false",
        "HTTP/1.0|Host: b, false"})
    void theConnectionStaysUnlessOneSideDoesNotKnowHow(String versionAndFields, boolean stays) throws RefusedException {
        assertEquals(stays, Request.parse(lines("GET / " + versionAndFields + "||")).keepsAlive());
    }

    @Test
    void closeIsFoundAmongOtherOptions() throws RefusedException {
        assertFalse(Request.parse(lines("GET / HTTP/1.1|Host: b|Connection: x, CLOSE ,y||")).keepsAlive());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "GET~400",
        "GET /~400",
        "GET  / HTTP/1.1|Host: b~400",
        "GET / HTTP/1.1~400",
        "GET / HTTP/1.1|Host: b|Host: b~400",
        "GET / HTTP/1.1|Host : b~400",
        "GET / HTTP/1.1|Host: b|a~400",
        "GET / HTTP/1.1|Host: b| folded~400",
        "GET / HTTP/1.1|Host: b|Content-Length: -1~400",
        "GET / HTTP/1.1|Host: b|Content-Length: 1|Content-Length: 1~400",
        "GET / http/1.1|Host: b~400",
        "G\u00e4T / HTTP/1.1|Host: b~400",
        "GET / HTTP/1.1|Host: b|Content-Length: 65537~413",
        "GET / HTTP/1.1|Host: b|Content-Length: 99999999999999999999~413",
        "GET / HTTP/1.1|Host: b|Expect: 100-continue~417",
        "GET / HTTP/1.1|Host: b|Transfer-Encoding: chunked~501",
        "GET / HTTP/2.0~505",
        "GET / HTTP/0.9~505"})
    void aHeadThatIsInDoubtIsRefused(String head, String code) {
        RefusedException refusal = assertThrows(RefusedException.class, () -> Request.parse(lines(head + "||")));
        assertEquals(code, refusal.getMessage().substring(0, 3));
    }

    @Test
    void aHeadThatDoesNotFitIsRefused() {
        ByteBuffer full = bytes("GET / HTTP/1.1\r\nHost: " + "b".repeat(1000));
        RefusedException refusal = assertThrows(RefusedException.class, () -> Request.parse(ByteBuffer.wrap(full.array(), 0, full.limit()).slice()));
        assertEquals(Status.HEAD_TOO_LARGE, refusal.status());
    }

    @Test
    void aLineEndedByHalfANewLineIsRefused() {
        assertThrows(RefusedException.class, () -> Request.parse(bytes("GET / HTTP/1.1\nHost: b\r\n\r\n")));
    }

    @Test
    void emptyLinesBeforeARequestAreSkipped() throws RefusedException {
        assertEquals("/a", Request.parse(lines("||GET /a HTTP/1.1|Host: b||")).path());
    }
}
