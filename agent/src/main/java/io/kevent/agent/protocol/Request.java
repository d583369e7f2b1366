// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.protocol;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the agent is asked for when it is loaded into a running JVM. As text it is the agent's argument,
 * {@code kevent:<id>:<kind>/<seconds>:<argument>}; any other argument is that of somebody who loads the agent by other means and wants it to attach, with
 * the text as its options.
 *
 * @param id marks the reply; null if nobody waits for one
 * @param kind what is asked for
 * @param argument the options of {@link Kind#ATTACH} and the periods of {@link Kind#WATCH}; empty otherwise, and where there are no options
 * @param limit how long the one who asks waits for each answer of the JVM, in whole seconds; zero if that is not known
 */
public record Request(String id, Kind kind, String argument, Duration limit) {

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

    /** A command line of another version may not tell its limit. */
    private static final Pattern TEXT = Pattern.compile("kevent:([0-9a-f]{1,16}):(ATTACH|DETACH|STATUS|WATCH)(?:/(\\d{1,10}))?:(.*)", Pattern.DOTALL);

    /**
     * A request that takes no argument.
     *
     * @param id marks the reply
     * @param kind {@link Kind#DETACH} or {@link Kind#STATUS}
     * @return the request
     */
    public static Request of(String id, Kind kind) {
        return new Request(id, kind, "", Duration.ZERO);
    }

    /**
     * A request to attach.
     *
     * @param id marks the reply
     * @param options the agent's options; null is none
     * @return the request
     */
    public static Request attach(String id, String options) {
        return new Request(id, Kind.ATTACH, options == null ? "" : options, Duration.ZERO);
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
        return new Request(id, Kind.WATCH, interval.toMillis() + ":" + lease.toMillis(), Duration.ZERO);
    }

    /**
     * The same request of one who waits so long.
     *
     * @param longest for each answer of the JVM
     * @return the request
     */
    public Request within(Duration longest) {
        return new Request(id, kind, argument, Duration.ofSeconds(longest.toSeconds()));
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
                ? new Request(matcher.group(1), Kind.valueOf(matcher.group(2)), matcher.group(4), seconds(matcher.group(3)))
                : attach(null, text);
    }

    private static Duration seconds(String text) {
        return text == null ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(text));
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
        return "kevent:" + id + ":" + kind + "/" + limit.toSeconds() + ":" + argument;
    }
}
