// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import io.kevent.bench.server.ServerTrial.Look;
import java.util.ArrayList;
import java.util.List;

/** Servers under load, on each selector. */
public final class ServerMeasurement implements Measurement {
    private static final List<Subject> SUBJECTS = List.of(Subject.JDK, Subject.KEVENT, Subject.AGENT);
    private static final List<Integer> CONNECTIONS = List.of(1, 64, 1000, 8000);
    private static final List<Integer> MAIN_CONNECTIONS = List.of(64);
    /** With one there is nothing to share; with more, strace is too slow to say anything of the server. */
    private static final List<Integer> COUNTED = List.of(64, 1000);

    /** Public for the list of measurements. */
    public ServerMeasurement() { }

    /**
     * The name of a scenario.
     *
     * @param server name of the server
     * @param connections how many there are
     * @return the scenario
     */
    public static String scenario(String server, int connections) {
        return server + ", " + connections + (connections == 1 ? " connection" : " connections");
    }

    @Override
    public String name() {
        return "servers";
    }

    @Override
    public String title() {
        return "Servers";
    }

    @Override
    public String about() {
        return "Keep-alive connections with one small request outstanding each, made by wrk on one thread of the same machine. The server's JVM has 2 GB; it"
                + " answers some words. Calls are counted in a run of its own under strace. The limit of the calls is the JDK's waits, one for each select; that of"
                + " the CPU is the JDK's without the share of it that goes into the system calls of its selector, sampled by perf in another run; what follows"
                + " from them, in caches and context switches, is not in it.";
    }

    @Override
    public String per() {
        return "request";
    }

    @Override
    public List<Block> blocks(Setting setting) {
        List<Block> blocks = new ArrayList<>();
        for (Product product : setting.pick(List.of(Product.JETTY), List.of(Product.values()))) {
            List<Subject> subjects = new ArrayList<>(SUBJECTS);
            subjects.addAll(product.beside());
            for (int connections : setting.pick(MAIN_CONNECTIONS, CONNECTIONS)) {
                blocks.add(new Block(scenario(product.title(), connections), trials(setting, product, subjects, connections)));
            }
        }
        return blocks;
    }

    private static List<Trial> trials(Setting setting, Product product, List<Subject> subjects, int connections) {
        List<Trial> trials = new ArrayList<>(setting.each(subjects, subject ->
                List.of(new ServerTrial(product, subject, connections, setting, Look.TIMED))));
        if (COUNTED.contains(connections)) {
            trials.addAll(setting.each(subjects, subject -> List.of(new ServerTrial(product, subject, connections, setting, Look.COUNTED))));
        }
        if (!setting.quick() && MAIN_CONNECTIONS.contains(connections)) {
            trials.addAll(setting.each(List.of(Subject.JDK), subject -> List.of(new ServerTrial(product, subject, connections, setting, Look.PROFILED))));
        }
        return trials;
    }
}
