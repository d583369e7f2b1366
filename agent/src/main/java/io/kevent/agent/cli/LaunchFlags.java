// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM was started with, as its command line and its environment show it.
 *
 * @param flags those of the JVM, in the order in which they take effect
 * @param areAll whether there can be no others
 */
record LaunchFlags(List<String> flags, boolean areAll) {
    /** Flags of the launcher that are followed by a value of their own. */
    private static final Set<String> WITH_VALUE = Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--add-modules", "--add-opens",
            "--add-exports", "--add-reads", "--upgrade-module-path", "--limit-modules", "--patch-module", "--enable-native-access", "--source");

    /** They name files with more flags. */
    private static final Pattern INDIRECT = Pattern.compile("@[^@].*|-XX:(Flags|VMOptionsFile)=.*");

    /** A word of an environment variable; quotes may stand anywhere in it. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    private static final String LAUNCHER = "java";

    static LaunchFlags of(LocalProcess process) {
        List<String> arguments = process.arguments();
        List<String> flags = new ArrayList<>();
        boolean seen = true;
        Map<String, String> environment = Map.of();
        try {
            environment = process.environment();
        } catch (IOException e) {
            // of another user
            seen = false;
        }
        boolean launched = !arguments.isEmpty() && arguments.get(0).substring(arguments.get(0).lastIndexOf('/') + 1).equals(LAUNCHER);
        flags.addAll(words(environment.get("JAVA_TOOL_OPTIONS")));
        flags.addAll(launched ? words(environment.get("JDK_JAVA_OPTIONS")) : List.of());
        flags.addAll(arguments.subList(Math.min(1, arguments.size()), program(arguments)));
        flags.addAll(words(environment.get("_JAVA_OPTIONS")));
        return new LaunchFlags(flags, seen && launched && flags.stream().noneMatch(flag -> INDIRECT.matcher(flag).matches()));
    }

    private static List<String> words(String options) {
        return options == null ? List.of() : WORD.matcher(options).results().map(word -> word.group().replaceAll("[\"']", "")).toList();
    }

    /** Main class or jar and what follows, as far as a command line shows it. */
    static String command(List<String> arguments) {
        return String.join(" ", arguments.subList(program(arguments), arguments.size()));
    }

    /** Where the main class, the module or the jar stands. The launcher takes flags behind {@code -jar} too, but none behind {@code --module=}. */
    private static int program(List<String> arguments) {
        int at = 1;
        while (at < arguments.size() - 1 && isFlag(arguments.get(at))) {
            at += WITH_VALUE.contains(arguments.get(at)) ? 2 : 1;
        }
        return Math.min(at, arguments.size());
    }

    private static boolean isFlag(String argument) {
        return (argument.startsWith("-") || argument.startsWith("@")) && !argument.startsWith("--module=");
    }

    /** Whether a switch of the JVM is on: the last of several counts. */
    boolean isOn(String flag, boolean otherwise) {
        int on = flags.lastIndexOf("-XX:+" + flag);
        int off = flags.lastIndexOf("-XX:-" + flag);
        return on == off ? otherwise : on > off;
    }

    /** The value of a system property: the last of several counts; null if none is given. */
    String property(String name) {
        String prefix = "-D" + name + "=";
        return flags.stream().filter(flag -> flag.startsWith(prefix)).reduce((first, last) -> last).map(flag -> flag.substring(prefix.length())).orElse(null);
    }

    /** The jars of the agents, as they are written there. */
    Stream<String> agents() {
        return flags.stream().map(Pattern.compile("-javaagent:([^=]+)(=.*)?", Pattern.DOTALL)::matcher).filter(Matcher::matches).map(agent -> agent.group(1));
    }
}
