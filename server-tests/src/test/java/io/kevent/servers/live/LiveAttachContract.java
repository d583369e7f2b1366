// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import com.sun.tools.attach.VirtualMachine;
import io.kevent.servers.Complaints;
import io.kevent.servers.ServerJvm;
import io.kevent.servers.Waiting;
import io.kevent.servers.programs.Certificate;
import io.kevent.servers.programs.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What holds for each server that kevent is put under, and taken off again, while it works. */
abstract class LiveAttachContract {
    private static final int ROUNDS = 20;
    /** So many of the rounds: each command is a JVM of its own, which takes long to start beside the load. */
    private static final int BY_COMMAND = 1;
    private static final int EXCHANGES = 2;
    private static final int WARM_UP = 10;
    private static final String SELECTOR_OF_THE_JDK = "sun.nio.ch.EPollSelectorImpl";

    private final Class<? extends Program> program;
    private final Set<String> pools;

    @TempDir
    Path directory;

    private ServerJvm server;
    private Certificate certificate;
    private int httpPort;
    private int httpsPort;

    /** Pools: names of threads, numbers replaced by a number sign, of which the server has as many as it finds good. */
    LiveAttachContract(Class<? extends Program> program, String... pools) {
        this.program = program;
        this.pools = Set.of(pools);
    }

    @BeforeEach
    void start() throws Exception {
        certificate = Certificate.create(directory);
        server = ServerJvm.start(program, certificate, List.of());
        httpPort = server.port(Program.HTTP);
        httpsPort = server.port(Program.HTTPS);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    /** More clients than all servers have in common. */
    void addTo(Load load, int port) throws Exception { }

    private Load load() throws Exception {
        SocketFactory clear = SocketFactory.getDefault();
        SocketFactory tls = certificate.context().getSocketFactory();
        Load load = new Load();
        for (int i = 0; i < 3; i++) {
            load.add("keep-alive client " + i, Clients.keptAlive(clear, httpPort));
        }
        load.add("TLS client", Clients.keptAlive(tls, httpsPort));
        load.add("uploading client", Clients.uploading(clear, httpPort));
        load.add("downloading client", Clients.downloading(clear, httpPort));
        load.add("coming and going client", Clients.comingAndGoing(clear, httpPort));
        addTo(load, httpPort);
        return load;
    }

    @Test
    @Timeout(300)
    void nothingFailsAndNothingIsLeftOverWhileKeventComesAndGoes20Times() throws Exception {
        warmUp();
        Map<String, Integer> descriptors = OpenDescriptors.of(server.pid());
        Map<String, String> threads = threads();
        try (Load load = load()) {
            load.progress(EXCHANGES);
            for (int round = 0; round < ROUNDS; round++) {
                comeAndGo(load, round < BY_COMMAND ? Attachment.BY_COMMAND : Attachment.BY_LOADING);
            }
        }
        Waiting.until("the descriptors are those of before, " + descriptors, () -> OpenDescriptors.of(server.pid()).equals(descriptors));
        Waiting.until("the threads are those of before, " + threads + ", and not " + threads(), () -> threads().equals(threads));
        assertEquals(Set.of(SELECTOR_OF_THE_JDK), server.ask("selectors").keySet());
        assertEquals(Set.of(), complaints());
    }

    /** What the server makes once and keeps is there afterwards, and what the JVM needs to be attached to. */
    private void warmUp() throws Exception {
        VirtualMachine.attach(Long.toString(server.pid())).detach();
        Integer sockets = OpenDescriptors.of(server.pid()).get("socket");
        try (Load load = load()) {
            load.progress(WARM_UP);
        }
        Waiting.until("all connections are closed", () -> sockets.equals(OpenDescriptors.of(server.pid()).get("socket")));
    }

    private void comeAndGo(Load load, Attachment by) throws Exception {
        try (Held held = new Held(SocketFactory.getDefault(), httpPort)) {
            by.attach(server.pid());
            held.goOn();
        }
        load.progress(EXCHANGES);
        allSelectIn("kevent", "jdk");
        try (Held held = new Held(SocketFactory.getDefault(), httpPort)) {
            by.detach(server.pid());
            held.goOn();
        }
        load.progress(EXCHANGES);
        allSelectIn("jdk", "kevent");
    }

    private void allSelectIn(String some, String none) throws Exception {
        Waiting.until("threads select in " + some + " and none in " + none, () -> {
            Map<String, String> selecting = server.ask("selecting");
            return !selecting.get(some).equals("0") && selecting.get(none).equals("0");
        });
    }

    private Map<String, String> threads() {
        Map<String, String> threads = server.ask("threads");
        threads.keySet().removeAll(pools);
        return threads;
    }

    private Set<String> complaints() throws IOException {
        // the JVM's own, which says that agents can be loaded no more one day
        return Complaints.of(server.errorOutput()).stream()
                .filter(line -> !line.matches("WARNING: (A Java agent has been loaded|If a serviceability tool|Dynamic loading of agents).*"))
                .collect(Collectors.toSet());
    }
}
