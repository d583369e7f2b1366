// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.protocol;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Properties;

/**
 * Whether and how kevent is in a JVM. The agent copies it as text into a system property, so that it can be seen from outside without loading anything. The
 * application can take that away: that it is not there proves nothing where the agent's jar is.
 *
 * @param how it came in
 * @param version of the agent; null if none is in the JVM
 * @param since when it is as it is; null if that is not known
 */
public record Presence(How how, String version, Instant since) {

    /** How kevent came into a JVM. */
    public enum How {
        /** Not at all, as far as the JVM's system properties tell. */
        NO,
        /** By {@code -javaagent}. */
        START,
        /** While the JVM ran. */
        ATTACHED,
        /** By {@code -Djava.nio.channels.spi.SelectorProvider}, without the agent. */
        PROPERTY,
        /**
         * It is being taken off, and that could not be finished yet: some selectors that were open before are still to be given back to the JDK, or what is
         * left of an installation that failed is still to be undone.
         */
        DETACHING,
        /** It was taken off; the agent's classes are still loaded. */
        DETACHED;

        /**
         * Whether there is something to take off.
         *
         * @return true if so
         */
        public boolean isInstalled() {
            return this != NO && this != DETACHED;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The name of the agent's system property. */
    public static final String PROPERTY = "io.kevent.agent";

    /** Why kevent that came in by {@link How#PROPERTY} cannot be taken off. */
    public static final String ONLY_A_RESTART = "kevent was put into this JVM by -Djava.nio.channels.spi.SelectorProvider: only a restart without it takes"
            + " it off";

    /** The JDK's system property by which kevent comes in without the agent. */
    public static final String PROVIDER_PROPERTY = "java.nio.channels.spi.SelectorProvider";

    /** The value of that property. */
    public static final String PROVIDER = "io.kevent.provider.KeventSelectorProvider";

    /**
     * Reads it from the system properties of a JVM.
     *
     * @param properties of that JVM
     * @return what they tell
     */
    public static Presence of(Properties properties) {
        return parse(properties.getProperty(PROPERTY, "")).beside(properties.getProperty(PROVIDER_PROPERTY));
    }

    /**
     * The same where the JVM's own provider may be kevent's.
     *
     * @param provider the value of {@link #PROVIDER_PROPERTY}; may be null
     * @return this, or that kevent came in by that property
     */
    public Presence beside(String provider) {
        return !how.isInstalled() && PROVIDER.equals(provider) ? new Presence(How.PROPERTY, version, null) : this;
    }

    private static Presence parse(String text) {
        String[] parts = text.split(" ");
        if (parts.length == 3) {
            for (How how : How.values()) {
                if (how.toString().equals(parts[0])) {
                    try {
                        return new Presence(how, parts[1], Instant.parse(parts[2]));
                    } catch (DateTimeParseException e) {
                        // somebody else's property: tells nothing
                        break;
                    }
                }
            }
        }
        return new Presence(How.NO, null, null);
    }

    /**
     * As the system property.
     *
     * @return how, version and since, separated by blanks
     */
    @Override
    public String toString() {
        return how + " " + version + " " + since;
    }
}
