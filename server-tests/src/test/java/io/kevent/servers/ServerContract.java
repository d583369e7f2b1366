// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.Certificate;
import io.kevent.servers.programs.HttpExchanges;
import io.kevent.servers.programs.Program;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What holds for each server and client under the agent, each in a JVM of its own with one flag and nothing of ours on its class path. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerContract {
    private static final String KEVENT = "io.kevent.provider.selector.KeventSelector";

    private final Class<? extends Program> program;
    private final List<String> flags;
    private final String classPath;

    private Certificate certificate;
    private ServerJvm underAgent;

    ServerContract(Class<? extends Program> program) {
        this(program, List.of());
    }

    ServerContract(Class<? extends Program> program, List<String> flags) {
        this(program, flags, System.getProperty("java.class.path"));
    }

    ServerContract(Class<? extends Program> program, List<String> flags, String classPath) {
        this.program = program;
        this.flags = flags;
        this.classPath = classPath;
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        certificate = Certificate.create(directory);
        underAgent = start(ServerJvm.agent());
    }

    private ServerJvm start(List<String> agent) throws Exception {
        List<String> all = Stream.of(agent, ServerJvm.shortLived(), flags).flatMap(List::stream).toList();
        return ServerJvm.start(program, certificate, all, classPath);
    }

    ServerJvm underAgent() {
        return underAgent;
    }

    @AfterAll
    void end() throws Exception {
        if (underAgent != null) {
            underAgent.close();
        }
    }

    @Test
    void whatIsSentComesThroughWhole() throws Exception {
        exchange(underAgent);
    }

    private void exchange(ServerJvm jvm) throws Exception {
        HttpExchanges client = new HttpExchanges(certificate.context(), HttpClient.Version.HTTP_1_1);
        for (String http : List.of(Program.HTTP, Program.HTTPS)) {
            if (jvm.listens(http)) {
                client.with(jvm.url(http));
            }
        }
        if (!jvm.listens(Program.HTTP)) {
            jvm.ask("exchange");
        }
    }

    @Test
    void allSelectorsAreKevents() {
        assertEquals(Set.of(KEVENT), underAgent.ask("selectors").keySet());
    }

    @Test
    void threadsThatSelectAreInKevent() throws Exception {
        Waiting.until("a thread selects in kevent", () -> !underAgent.ask("selecting").get("kevent").equals("0"));
        assertEquals("0", underAgent.ask("selecting").get("jdk"));
    }

    /** Which also shows that the two tests above can tell one selector from the other. */
    @Test
    void withoutTheAgentTheSelectorsAreTheJdksAndNoFewerComplaintsAreHeard() throws Exception {
        try (ServerJvm plain = start(List.of())) {
            exchange(plain);
            exchange(underAgent);
            assertEquals(Set.of("sun.nio.ch.EPollSelectorImpl"), plain.ask("selectors").keySet());
            Waiting.until("a thread selects in the JDK", () -> !plain.ask("selecting").get("jdk").equals("0"));
            assertEquals("0", plain.ask("selecting").get("kevent"));
            Set<String> complaints = Complaints.of(underAgent.errorOutput());
            complaints.removeAll(Complaints.of(plain.errorOutput()));
            assertEquals(Set.of(), complaints);
        }
    }
}
