// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import com.google.gson.Gson;
import io.kevent.bench.jvm.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The load: keep-alive connections with one request outstanding each, made by wrk. */
final class Wrk implements AutoCloseable {
    /** What a run came to; times in microseconds. */
    record Load(long requests, double micros, long errors, double p50, double p99, double p999) {
        /** All requests were answered. */
        void check() throws IOException {
            if (errors > 0) {
                throw new IOException(errors + " of " + requests + " requests failed");
            }
        }
    }

    /** When a connection's next request goes out. */
    enum Pace {
        /** As soon as the last one is answered. */
        AT_ONCE,
        /** After a pause, see {@link #PAUSES}. */
        WITH_PAUSES
    }

    private static final int LEAST_PAUSE_MILLIS = 1;
    private static final int MOST_PAUSE_MILLIS = 3;

    /** How many milliseconds, at random; long enough for 64 connections to leave a server time to rest. */
    static final String PAUSES = LEAST_PAUSE_MILLIS + " to " + MOST_PAUSE_MILLIS;

    private static final int SECONDS_MORE = 30;

    private final Path script;
    private final Process process;
    private final long seconds;

    private Wrk(Path script, Process process, long seconds) {
        this.script = script;
        this.process = process;
        this.seconds = seconds;
    }

    /** Begins, for whole seconds, since wrk knows no others. */
    static Wrk start(int port, int connections, double seconds) throws IOException {
        return start(port, connections, seconds, Pace.AT_ONCE);
    }

    private static Wrk start(int port, int connections, double seconds, Pace pace) throws IOException {
        Site.require("wrk");
        Path script = Files.createTempFile(Site.temporary(), "kevent-bench-", ".lua");
        try (InputStream resource = Wrk.class.getResourceAsStream("report.lua")) {
            Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
        }
        long whole = Math.max(1, Math.round(seconds));
        List<String> command = new ArrayList<>(List.of("wrk", "-t", "1", "-c", Integer.toString(connections), "-d", whole + "s", "--timeout", "10s",
                "-s", script.toString(), "http://127.0.0.1:" + port + "/"));
        if (pace == Pace.WITH_PAUSES) {
            command.addAll(List.of("--", Integer.toString(LEAST_PAUSE_MILLIS), Integer.toString(MOST_PAUSE_MILLIS)));
        }
        return new Wrk(script, new ProcessBuilder(command).redirectErrorStream(true).start(), whole);
    }

    static Load run(int port, int connections, double seconds) throws IOException, InterruptedException {
        return run(port, connections, seconds, Pace.AT_ONCE);
    }

    static Load run(int port, int connections, double seconds, Pace pace) throws IOException, InterruptedException {
        try (Wrk wrk = start(port, connections, seconds, pace)) {
            return wrk.load();
        }
    }

    /** Waits for the end, and tells what it came to. */
    Load load() throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(seconds + SECONDS_MORE, TimeUnit.SECONDS)) {
            throw new IOException("wrk did not end");
        }
        return parse(output);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(script);
    }

    private static Load parse(String output) throws IOException {
        String line = output.lines().filter(one -> one.startsWith("{")).findFirst()
                .orElseThrow(() -> new IOException("wrk answered: " + output.strip()));
        Load load = new Gson().fromJson(line, Load.class);
        if (load.requests() == 0) {
            throw new IOException("no request was answered; wrk says: " + output.strip().replace('\n', ' '));
        }
        return load;
    }
}
