// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
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

    /** Of the threads that are inside a select: how many are in which class's. */
    static Map<String, Long> selectingThreads() {
        return Thread.getAllStackTraces().values().stream().map(Census::selector).flatMap(Optional::stream)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    /** Counted from the innermost frame, the first that stands in a selector is in the class that waits. */
    private static Optional<String> selector(StackTraceElement[] stack) {
        return Arrays.stream(stack).map(StackTraceElement::getClassName).filter(Census::isSelector).findFirst();
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
