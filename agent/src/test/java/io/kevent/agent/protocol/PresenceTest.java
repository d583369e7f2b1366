// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.protocol;

import io.kevent.agent.protocol.Presence.How;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the system properties of a JVM tell about kevent. */
class PresenceTest {
    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");
    private static final String PROVIDER_PROPERTY = "java.nio.channels.spi.SelectorProvider";
    private static final String PROVIDER = "io.kevent.provider.KeventSelectorProvider";

    private static Presence of(String... namesAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Presence.of(properties);
    }

    @Test
    void agentsPropertyIsReadAsItWasWritten() {
        for (How how : new How[] {How.START, How.ATTACHED, How.DETACHING, How.DETACHED}) {
            Presence presence = new Presence(how, "1.2", SINCE);
            assertEquals(presence, of(Presence.PROPERTY, presence.toString()));
        }
    }

    @Test
    void providerWithoutTheAgentCountsUnlessTheAgentIsThere() {
        assertEquals(new Presence(How.PROPERTY, null, null), of(PROVIDER_PROPERTY, PROVIDER));
        assertEquals(How.PROPERTY, of(PROVIDER_PROPERTY, PROVIDER, Presence.PROPERTY, "detached 1.2 " + SINCE).how());
        assertEquals(How.ATTACHED, of(PROVIDER_PROPERTY, PROVIDER, Presence.PROPERTY, "attached 1.2 " + SINCE).how());
        assertEquals(How.DETACHING, of(PROVIDER_PROPERTY, PROVIDER, Presence.PROPERTY, "detaching 1.2 " + SINCE).how());
        assertEquals(How.NO, of(PROVIDER_PROPERTY, "org.example.Provider").how());
    }

    @Test
    void textThatIsNotTheAgentsTellsNothing() {
        for (String text : new String[] {"", "attached", "attached 1.2 yesterday", "perhaps 1.2 " + SINCE}) {
            assertEquals(new Presence(How.NO, null, null), of(Presence.PROPERTY, text));
        }
    }
}
