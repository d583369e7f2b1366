// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

/** The status codes that the server answers with. */
enum Status {
    OK("200 OK"),
    BAD_REQUEST("400 Bad Request"),
    NOT_FOUND("404 Not Found"),
    METHOD_NOT_ALLOWED("405 Method Not Allowed"),
    CONTENT_TOO_LARGE("413 Content Too Large"),
    EXPECTATION_FAILED("417 Expectation Failed"),
    HEAD_TOO_LARGE("431 Request Header Fields Too Large"),
    NOT_IMPLEMENTED("501 Not Implemented"),
    VERSION_NOT_SUPPORTED("505 HTTP Version Not Supported");

    private final String line;

    Status(String line) {
        this.line = line;
    }

    /** Code and reason, as in the status line. */
    @Override
    public String toString() {
        return line;
    }
}
