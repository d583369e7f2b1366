// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.protocol;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the agent is asked for when it is loaded into a running JVM. As text it is the agent's argument, {@code kevent:<id>:<kind>:<argument>}; any other
 * argument is that of somebody who loads the agent by other means and wants it to attach, with the text as its options.
 *
 * @param id marks the reply; null if nobody waits for one
 * @param kind what is asked for
 * @param argument the options of {@link Kind#ATTACH} and the periods of {@link Kind#WATCH}; empty otherwise, and where there are no options
 */
public record Request(String id, Kind kind, String argument) {

    /** What can be asked for. */
    public enum Kind {
        /** Puts kevent under the program. */
        ATTACH,
        /** Takes it off. */
        DETACH,
        /** Asks for its state and figures. */
        STATUS,
        /** Asks for them again and again, for a while. */
        WATCH
    }

    private static final Pattern TEXT = Pattern.compile("kevent:([0-9a-f]{1,16}):(ATTACH|DETACH|STATUS|WATCH):(.*)", Pattern.DOTALL);

    /**
     * A request to attach.
     *
     * @param id marks the reply
     * @param options the agent's options; null is none
     * @return the request
     */
    public static Request attach(String id, String options) {
        return new Request(id, Kind.ATTACH, options == null ? "" : options);
    }

    /**
     * A request to publish the status again and again.
     *
     * @param id marks the reply; one more request with the same id prolongs the first
     * @param interval from one reply to the next
     * @param lease how long to go on
     * @return the request
     */
    public static Request watch(String id, Duration interval, Duration lease) {
        return new Request(id, Kind.WATCH, interval.toMillis() + ":" + lease.toMillis());
    }

    /**
     * Reads the agent's argument.
     *
     * @param text the argument; null is none
     * @return the request that it is
     */
    public static Request parse(String text) {
        Matcher matcher = TEXT.matcher(text == null ? "" : text);
        return matcher.matches()
                ? new Request(matcher.group(1), Kind.valueOf(matcher.group(2)), matcher.group(3))
                : attach(null, text);
    }

    /**
     * The first period of {@link Kind#WATCH}.
     *
     * @return from one reply to the next
     */
    public Duration interval() {
        return Duration.ofMillis(Long.parseLong(argument.substring(0, argument.indexOf(':'))));
    }

    /**
     * The second period of {@link Kind#WATCH}.
     *
     * @return how long to go on
     */
    public Duration lease() {
        return Duration.ofMillis(Long.parseLong(argument.substring(argument.indexOf(':') + 1)));
    }

    /**
     * As the agent's argument.
     *
     * @return what {@link #parse} reads
     */
    @Override
    public String toString() {
        return "kevent:" + id + ":" + kind + ":" + argument;
    }
}
