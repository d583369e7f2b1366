// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/** What is in this JVM right now. */
final class Census {
    private static final Pattern COUNTED = Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+)");

    private Census() { }

    /** The threads that are inside a select: how many {@code kevent} serves, and how many only the {@code jdk}. */
    static Map<String, Long> selectingThreads() {
        Map<String, Long> counts = new TreeMap<>(Map.of("kevent", 0L, "jdk", 0L));
        for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
            if (Arrays.stream(stack).anyMatch(Census::selects)) {
                // a selector of the JDK may have been taken over: then both are on the stack
                boolean kevent = Arrays.stream(stack).anyMatch(frame -> frame.getClassName().startsWith("io.kevent.provider."));
                counts.merge(kevent ? "kevent" : "jdk", 1L, Long::sum);
            }
        }
        return counts;
    }

    private static boolean selects(StackTraceElement frame) {
        return isSelector(frame.getClassName()) && frame.getMethodName().matches("select|selectNow|doSelect|lockAndDoSelect|lockAndSelect");
    }

    /** The selectors of the JVM that are reachable, whoever holds them: by class. */
    static Map<String, Long> selectors() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram", new Object[] {new String[0]}, new String[] {String[].class.getName()});
        Map<String, Long> counts = new TreeMap<>();
        Matcher line = COUNTED.matcher(histogram);
        while (line.find()) {
            if (isSelector(line.group(2))) {
                counts.put(line.group(2), Long.parseLong(line.group(1)));
            }
        }
        return counts;
    }

    /** By name, not by class: the agent's classes are not this program's business. */
    private static boolean isSelector(String className) {
        return className.matches("sun\\.nio\\.ch\\.\\w*SelectorImpl|io\\.kevent\\.provider\\.selector\\.KeventSelector");
    }

    /** The threads by name, numbers left out. */
    static Map<String, Long> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(thread -> thread.getName().replaceAll("\\d+", "#").replaceAll("[=;]", "_"))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}
