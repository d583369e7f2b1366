// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What all HTTP servers answer: {@code POST /echo} the body it got, {@code GET /bytes?size=&seed=} what {@link Bodies} makes of these. */
final class Answers {
    /** More than any body here. */
    static final int LARGEST = 16 * 1024 * 1024;

    private Answers() { }

    /** The answer; null if there is no such page. */
    static byte[] to(String path, String query, byte[] body) {
        switch (path) {
            case "/echo":
                return body;
            case "/bytes":
                Map<String, String> values = Arrays.stream(query.split("&")).map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
                return Bodies.random(Integer.parseInt(values.get("size")), Long.parseLong(values.get("seed")));
            default:
                return null;
        }
    }
}
