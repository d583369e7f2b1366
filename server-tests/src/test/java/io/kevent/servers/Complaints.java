// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a JVM has written to its error output beside what the loggers tell for information; numbers left out, so that two runs can be compared. */
public final class Complaints {
    /** The line above a record: date, class and method. */
    private static final Pattern HEADING = Pattern.compile("\\w{3} \\d{1,2}, \\d{4},? \\d{1,2}:\\d{2}:\\d{2}.*");

    private Complaints() { }

    public static Set<String> of(List<String> errorOutput) {
        return errorOutput.stream().filter(line -> !line.startsWith("INFO: ") && !HEADING.matcher(line).matches())
                .map(line -> line.replaceAll("\\d+", "#")).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
