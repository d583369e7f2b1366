// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.Line;
import io.kevent.bench.jvm.Usage;
import io.kevent.bench.plan.Subject;
import java.util.Map;

/**
 * The JVM of a server. Its first line tells the port; to each line it gets it answers what it has used by then, or how many requests it has answered. It
 * ends with its input.
 */
public final class ServerMain {
    /** Asks for the number of requests alone: under strace it takes seconds to read what each thread has used. */
    static final String REQUESTS = "requests";

    private ServerMain() { }

    /**
     * Runs.
     *
     * @param args the product and the subject
     */
    public static void main(String[] args) {
        int status = 0;
        try {
            serve(Product.valueOf(args[0]).make(Subject.valueOf(args[1])));
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            status = 1;
        }
        // whatever threads the server has
        Runtime.getRuntime().halt(status);
    }

    private static void serve(Server server) throws Exception {
        Line line = new Line();
        line.answer(Map.of("port", server.start()));
        for (String command = line.command(); command != null; command = line.command()) {
            line.answer(command.equals(REQUESTS) ? Map.of("requests", Server.ANSWERED.sum()) : Usage.now().figures());
        }
    }
}
