// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Servers under load, on each selector. */
public final class ServerMeasurement implements Measurement {
    private static final List<Subject> MAIN = List.of(Subject.JDK, Subject.AGENT);
    private static final List<Subject> SUBJECTS = List.of(Subject.JDK, Subject.KEVENT, Subject.AGENT);
    static final List<Integer> CONNECTIONS = List.of(1, 64, 1000, 8000);
    /**
     * Under strace they are counted with so many only: it takes a server with 1,000 longer than it is looked at to accept them, and what it does meanwhile is
     * another thing.
     */
    private static final List<Integer> MAIN_CONNECTIONS = List.of(64);
    /** Few: two JVMs of one server differ by more than the turns of one, so more starts tell more than more turns. */
    private static final int TURNS = 2;
    private static final double SECONDS = 1;
    private static final double SECONDS_TO_COUNT = 2;

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

    /** The name of the scenario in which the server is not the bottleneck. */
    private static String unhurried(String server) {
        return scenario(server, MAIN_CONNECTIONS.get(0)) + " with pauses";
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
        return "Keep-alive connections with one small request outstanding each, made by wrk on one thread of the same machine, as fast as the"
                + " answers come; and with 64 also with pauses of " + Wrk.PAUSES + " ms between, when there is time left and what counts is the latency. A server's JVM"
                + " has 2 GB, is warmed up for " + ServerJvm.WARM_UP_SECONDS + " s (" + ServerJvm.QUICK_WARM_UP_SECONDS + " s in quick mode), and serves all numbers of connections"
                + " in turns; it answers some words. Calls are counted in the middle of the load: with 64 connections under strace, in a JVM of its own, where each"
                + " call takes so long that there is always something to do; and at full speed, by perf in the kernel, where a server waits, and is woken, whenever"
                + " there is nothing to do for a moment; beside them stands sched_yield, by which kevent lets others run before it waits, and which the JVM calls as"
                + " well. The targets compare the counts at full speed, but for Jetty's: under strace the others call next to nothing. The limit of the calls under"
                + " strace is the agent's waits, one for each select, and at full speed the JDK's waits and wake-ups;"
                + " that of the CPU is the JDK's without the share of it that goes into the system calls of its selector, sampled by perf; what follows from them,"
                + " in caches and context switches, is not in it; that of the rate is what the processors could answer more then.";
    }

    @Override
    public String per() {
        return "request";
    }

    /** The servers of one product run beside each other, for all numbers of connections; who has no turn uses nothing of the processor. */
    @Override
    public List<Block> blocks(Setting setting) {
        return setting.pick(List.of(Product.JETTY), List.of(Product.values())).stream().map(product -> block(setting, product)).toList();
    }

    private static Block block(Setting setting, Product product) {
        List<ServerJvm> servers = Stream.concat(setting.pick(MAIN, SUBJECTS).stream(), product.beside().stream()).filter(setting.subjects()::contains)
                .map(subject -> new ServerJvm(product, List.of(subject), setting.quick())).toList();
        Map<String, List<Trial>> scenarios = new LinkedHashMap<>();
        for (int connections : setting.pick(MAIN_CONNECTIONS, CONNECTIONS)) {
            scenarios.put(scenario(product.title(), connections), trials(setting, servers, connections));
        }
        if (!setting.quick()) {
            scenarios.put(unhurried(product.title()), timed(servers, MAIN_CONNECTIONS.get(0), Wrk.Pace.WITH_PAUSES));
        }
        return new Block(scenarios, TURNS);
    }

    private static List<Trial> trials(Setting setting, List<ServerJvm> servers, int connections) {
        List<Trial> trials = timed(servers, connections, Wrk.Pace.AT_ONCE);
        if (MAIN_CONNECTIONS.contains(connections)) {
            trials.addAll(each(servers, (server, subject) -> new CountedTrial(server, subject, connections, setting.pick(SECONDS, SECONDS_TO_COUNT))));
        }
        if (!setting.quick()) {
            trials.addAll(each(servers, (server, subject) -> new TracedTrial(server, subject, connections)));
            trials.addAll(profiled(servers, connections));
        }
        return trials;
    }

    /** How fast each of the servers is. Returns a list of the caller's own. */
    static List<Trial> timed(List<ServerJvm> servers, int connections, Wrk.Pace pace) {
        return each(servers, (server, subject) -> new TimedTrial(server, subject, connections, SECONDS, pace));
    }

    /** What the JDK's selector costs, from which the limit follows. */
    static List<Trial> profiled(List<ServerJvm> servers, int connections) {
        return servers.stream().filter(server -> server.subjects().contains(Subject.JDK))
                .<Trial>map(server -> new ProfiledTrial(server, Subject.JDK, connections, SECONDS_TO_COUNT)).toList();
    }

    private static List<Trial> each(List<ServerJvm> servers, BiFunction<ServerJvm, Subject, Trial> maker) {
        List<Trial> trials = new ArrayList<>();
        servers.forEach(server -> server.subjects().forEach(subject -> trials.add(maker.apply(server, subject))));
        return trials;
    }
}
