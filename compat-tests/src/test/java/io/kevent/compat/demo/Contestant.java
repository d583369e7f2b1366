// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

import io.kevent.compat.jetty.NioProvider;
import io.kevent.compat.jetty.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;

/** One of the two servers with its connections, and what its rounds came to. */
final class Contestant implements AutoCloseable {
    /** A round and the processor time that the server spent in it. */
    record Round(LoadResult load, long cpuNanos) {
        double cpuMicrosPerRequest() {
            return cpuNanos / 1e3 / load.requests();
        }

        double latencyMicros(double percentile) {
            return load.latencies().getValueAtPercentile(percentile) / 1e3;
        }
    }

    /** System calls of the separate counting round, and the requests that they served. */
    record Counted(SystemCalls calls, long requests) { }

    private final String name;
    private final NioProvider provider;
    private final ServerProcess server;
    private final Load load;
    private final List<Round> rounds = new ArrayList<>();
    private Counted counted;
    private long errors;
    private String firstError;

    Contestant(String name, NioProvider provider, Plan plan, List<String> wrapper) throws IOException {
        this.name = name;
        this.provider = provider;
        this.server = ServerProcess.start(provider, plan.selectors(), null, wrapper);
        try {
            List<String> classes = server.selectorClasses();
            if (!classes.stream().allMatch(provider::made)) {
                throw new IOException("the server that was to run on " + name + " runs on " + classes);
            }
            this.load = new Load(server.address(), plan.connections(), plan.threads());
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** A round that counts. */
    Round round(Duration time, LongConsumer progress) throws IOException {
        Round round = warmUp(time, progress);
        rounds.add(round);
        return round;
    }

    /** A round that does not, but for its errors. */
    Round warmUp(Duration time, LongConsumer progress) throws IOException {
        long before = server.cpuNanos();
        LoadResult result = load.run(time, progress);
        errors += result.errors();
        firstError = firstError == null ? result.firstError() : firstError;
        if (result.requests() == 0) {
            throw new IOException("the server on " + name + " answered nothing: " + result.firstError());
        }
        return new Round(result, server.cpuNanos() - before);
    }

    /** Another server of the same kind was asked in its place. */
    void addErrors(Contestant other) {
        errors += other.errors;
        firstError = firstError == null ? other.firstError : firstError;
    }

    void count(Counted result) {
        counted = result;
    }

    /** The system calls, or null where they could not be counted. */
    Counted counted() {
        return counted;
    }

    String name() {
        return name;
    }

    NioProvider provider() {
        return provider;
    }

    ServerProcess server() {
        return server;
    }

    long requests() {
        return rounds.stream().mapToLong(round -> round.load().requests()).sum();
    }

    /** Of all rounds, the warm-up and those under strace included. */
    long errors() {
        return errors;
    }

    String firstError() {
        return firstError;
    }

    /** The figure in each round, in the rounds' order. */
    double[] figures(ToDoubleFunction<Round> figure) {
        return rounds.stream().mapToDouble(figure).toArray();
    }

    @Override
    public void close() throws IOException {
        try {
            load.close();
        } finally {
            server.close();
        }
    }
}
