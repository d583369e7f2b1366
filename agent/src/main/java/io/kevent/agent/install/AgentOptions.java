// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.install;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * What stands behind the agent's jar on the command line: {@code name=value}, separated by commas; a list within a value by semicolons.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><th>name</th><th>values</th><th>meaning</th></tr>
 * <tr><td>log</td><td>info (default), debug, warning, off</td><td>what is logged at most while the agent is in, to the System.Logger io.kevent</td></tr>
 * <tr><td>required</td><td>false (default), true</td><td>whether the JVM is stopped if kevent cannot be installed</td></tr>
 * <tr><td>accept</td><td>all (default), wake-one</td><td>how many of several selectors on one listener a connection wakes; does
 * nothing for those that are open already</td></tr>
 * <tr><td>include</td><td>class names, * stands for anything</td><td>whose code gets kevent's selectors, when it opens one, or selects by one first that is
 * open already; default all</td></tr>
 * <tr><td>exclude</td><td>class names, * stands for anything</td><td>whose code does not; stronger than include</td></tr>
 * </table>
 */
@Command(name = "kevent-agent")
public final class AgentOptions {
    /** So many letters off, a name is no typing error of another. */
    private static final int FAR = 3;

    /** What is logged at most. */
    public enum Log {
        /** Nothing. */
        OFF,
        /** What an operator must know. */
        WARNING,
        /** That it is there, too. */
        INFO,
        /** Why kevent could not be installed, with the stack. */
        DEBUG;

        /**
         * As a logger knows it.
         *
         * @return the least level that is logged
         */
        public System.Logger.Level level() {
            return System.Logger.Level.valueOf(name());
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Accept {
        ALL, WAKE_ONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(names = "--log")
    private Log log = Log.INFO;

    @Option(names = "--required", arity = "1")
    private boolean required;

    @Option(names = "--accept")
    private Accept accept = Accept.ALL;

    @Option(names = "--include", split = ";")
    private List<String> include = List.of();

    @Option(names = "--exclude", split = ";")
    private List<String> exclude = List.of();

    private AgentOptions() { }

    /**
     * Reads the text.
     *
     * @param text the options; null is none
     * @return what they say
     * @throws IllegalArgumentException if a name or a value is unknown; the message names what is known
     */
    public static AgentOptions parse(String text) {
        AgentOptions options = new AgentOptions();
        if (text == null || text.isBlank()) {
            return options;
        }
        String[] arguments = Pattern.compile(",").splitAsStream(text).map(option -> "--" + option.strip()).toArray(String[]::new);
        CommandLine parser = new CommandLine(options)
                .registerConverter(Log.class, value -> constant(Log.values(), value))
                .registerConverter(Accept.class, value -> constant(Accept.values(), value));
        for (String argument : arguments) {
            requireKnown(argument.replaceFirst("=.*", ""), parser);
        }
        try {
            parser.parseArgs(arguments);
        } catch (ParameterException e) {
            throw new IllegalArgumentException("bad option of the kevent agent: " + e.getMessage().replace("--", ""), e);
        }
        return options;
    }

    private static <T> T constant(T[] values, String name) {
        return Arrays.stream(values).filter(value -> value.toString().equals(name)).findFirst()
                .orElseThrow(() -> new TypeConversionException("expected one of " + Arrays.toString(values) + " but was '" + name + "'"));
    }

    private static void requireKnown(String name, CommandLine parser) {
        if (!parser.getCommandSpec().optionsMap().containsKey(name)) {
            String hint = parser.getCommandSpec().optionsMap().keySet().stream()
                    .min(Comparator.comparingInt(known -> distance(known, name)))
                    .filter(known -> distance(known, name) <= FAR).map(known -> ", did you mean " + known.substring(2) + "?").orElse("");
            throw new IllegalArgumentException("unknown option of the kevent agent: " + name.substring(2) + hint
                    + " (known: log, required, accept, include, exclude)");
        }
    }

    /** V. I. Levenshtein's: how many letters to change, add or leave out. */
    private static int distance(String from, String to) {
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }

    /**
     * The option {@code log}.
     *
     * @return what is logged at most
     */
    public Log log() {
        return log;
    }

    /**
     * The option {@code required}.
     *
     * @return whether the JVM is stopped if kevent cannot be installed at its start
     */
    public boolean required() {
        return required;
    }

    boolean acceptWakesOne() {
        return accept == Accept.WAKE_ONE;
    }

    /** Whether the code of a class gets kevent's selectors; null if all does. */
    Predicate<String> serves() {
        if (include.isEmpty() && exclude.isEmpty()) {
            return null;
        }
        // the proof of an installation must see what was installed
        Predicate<String> own = name -> name.startsWith(AgentOptions.class.getPackageName() + ".");
        Predicate<String> included = include.isEmpty() ? name -> true : matcher(include);
        return own.or(exclude.isEmpty() ? included : included.and(matcher(exclude).negate()));
    }

    private static Predicate<String> matcher(List<String> patterns) {
        return patterns.stream()
                .map(pattern -> Pattern.compile("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E").asMatchPredicate())
                .reduce(name -> false, Predicate::or);
    }

    @Override
    public String toString() {
        return "log=" + log + ", required=" + required + ", accept=" + accept
                + (include.isEmpty() ? "" : ", include=" + String.join(";", include)) + (exclude.isEmpty() ? "" : ", exclude=" + String.join(";", exclude));
    }
}
