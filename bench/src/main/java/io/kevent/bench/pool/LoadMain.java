// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import io.kevent.bench.jvm.Line;

/** The JVM of the load. A line that it gets tells for how many seconds to load the server; it answers what that came to. It ends with its input. */
public final class LoadMain {
    private LoadMain() { }

    /**
     * Runs.
     *
     * @param args the server's port, how many connections, and how many requests per second (0: as fast as the answers come)
     */
    public static void main(String[] args) {
        int status = 0;
        try {
            Line line = new Line();
            Load load = new Load(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Double.parseDouble(args[2]));
            for (String seconds = line.command(); seconds != null; seconds = line.command()) {
                line.answer(load.run(Double.parseDouble(seconds)));
            }
        } catch (Exception e) {
            e.printStackTrace();
            status = 1;
        }
        Runtime.getRuntime().halt(status);
    }
}
