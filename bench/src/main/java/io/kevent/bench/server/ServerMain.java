// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.Line;
import io.kevent.bench.jvm.Usage;
import io.kevent.bench.plan.Subject;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The JVM of a server, or of several. Its first line tells the port of each; to each line it gets it answers what it has used by then, or how many requests
 * it has answered. It ends with its input.
 */
public final class ServerMain {
    /** Asks for the number of requests alone: under strace it takes seconds to read what each thread has used. */
    static final String REQUESTS = "requests";

    private ServerMain() { }

    /**
     * Runs.
     *
     * @param args the product, and the subject or the subjects. Of several, the last one's flags start the JVM
     */
    public static void main(String[] args) {
        int status = 0;
        try {
            serve(Product.valueOf(args[0]), Stream.of(args).skip(1).map(Subject::valueOf).toList());
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            status = 1;
        }
        // whatever threads the server has
        Runtime.getRuntime().halt(status);
    }

    private static void serve(Product product, List<Subject> subjects) throws Exception {
        Line line = new Line();
        line.answer(subjects.size() == 1 ? Map.of(subjects.get(0).name(), product.make(subjects.get(0)).start()) : startBeside(product, subjects));
        for (String command = line.command(); command != null; command = line.command()) {
            line.answer(command.equals(REQUESTS) ? Map.of("requests", Server.ANSWERED.sum()) : Usage.now().figures());
        }
    }

    /** Starts one server after the other. Each is asked once: whatever selectors it opens with its first connection are open by then. */
    private static Map<String, Integer> startBeside(Product product, List<Subject> subjects) throws Exception {
        EitherProvider.install();
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (Subject subject : subjects) {
            EitherProvider.choose(subject);
            int port = product.make(subject).start();
            try (InputStream answer = URI.create("http://127.0.0.1:" + port + "/").toURL().openStream()) {
                answer.readAllBytes();
            }
            ports.put(subject.name(), port);
        }
        return ports;
    }
}
