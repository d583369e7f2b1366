// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * System calls of a server that strace has written down. Only those between the server's last two answers on its standard output are
 * counted, which the demo asks for just before and just after the load.
 */
final class SystemCalls {
    /** What is told apart. */
    enum Kind { EPOLL_CTL, EPOLL_WAIT, POLL, EVENTFD, SOCKET }

    private static final Pattern CALL = Pattern.compile("^(?:\\d+ +)?(\\w+)\\((?:(\\d+)<([^>]*)>)?");

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    private SystemCalls() { }

    static boolean countable() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, "strace"))) {
                return true;
            }
        }
        return false;
    }

    /** The command line to start the server under. strace may always watch what it has started itself, but not always attach. */
    static List<String> wrapper(Path trace) {
        // a question mark: not every architecture has it
        return List.of("strace", "-f", "--seccomp-bpf", "-y", "-s", "0", "-e", "signal=none", "-o", trace.toString(),
            "-e", "trace=epoll_ctl,?epoll_wait,epoll_pwait,?epoll_pwait2,?poll,ppoll,read,readv,write,writev,sendto,recvfrom");
    }

    static SystemCalls read(Path trace) throws IOException {
        SystemCalls current = new SystemCalls();
        SystemCalls last = current;
        try (BufferedReader lines = Files.newBufferedReader(trace)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher call = CALL.matcher(line);
                if (!call.find()) {
                    // the second half of a call, or the end of a thread
                    continue;
                }
                if (call.group(1).equals("write") && "1".equals(call.group(2))) {
                    last = current;
                    current = new SystemCalls();
                } else {
                    current.count(call.group(1), call.group(3));
                }
            }
        }
        return last;
    }

    private void count(String name, String target) {
        Kind kind = kind(name, target == null ? "" : target);
        if (kind != null) {
            counts.merge(kind, 1L, Long::sum);
        }
    }

    private static Kind kind(String name, String target) {
        switch (name) {
            case "epoll_ctl":
                return Kind.EPOLL_CTL;
            case "epoll_wait":
            case "epoll_pwait":
            case "epoll_pwait2":
                return Kind.EPOLL_WAIT;
            case "poll":
            case "ppoll":
                return Kind.POLL;
            default:
                return target.contains("eventfd") ? Kind.EVENTFD : target.startsWith("socket:") ? Kind.SOCKET : null;
        }
    }

    long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** All that the selector does, as opposed to the server's own reading and writing. */
    long selectorCalls() {
        return counts.entrySet().stream().filter(entry -> entry.getKey() != Kind.SOCKET).mapToLong(Map.Entry::getValue).sum();
    }
}
