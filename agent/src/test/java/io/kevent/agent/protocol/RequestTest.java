// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.protocol;

import io.kevent.agent.protocol.Request.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The agent's argument. */
class RequestTest {

    @Test
    void requestIsReadAsItWasWritten() {
        Request attach = Request.attach("1f", "log=off,include=a.*;b.*").within(Duration.ofSeconds(Integer.MAX_VALUE));
        assertEquals(attach, Request.parse(attach.toString()));
        Request watch = Request.watch("ffffffffffffffff", Duration.ofMillis(200), Duration.ofSeconds(60));
        assertEquals(watch, Request.parse(watch.toString()));
        assertEquals(Duration.ofMillis(200), watch.interval());
        assertEquals(Duration.ofSeconds(60), watch.lease());
    }

    @Test
    void requestOfOneWhoDoesNotTellHowLongItWaitsIsRead() {
        assertEquals(Request.attach("1f", "log=off"), Request.parse("kevent:1f:ATTACH:log=off"));
        assertEquals(Request.of("1f", Kind.DETACH), Request.parse("kevent:1f:DETACH:"));
    }

    @Test
    void anythingElseIsTheOptionsToAttachWith() {
        assertEquals(Request.attach(null, null), Request.parse(null));
        assertEquals(Request.attach(null, "log=off"), Request.parse("log=off"));
        assertEquals(Request.attach(null, "kevent:xyz:ATTACH:"), Request.parse("kevent:xyz:ATTACH:"));
    }
}
