// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.otheragent.OtherAgent;
import io.kevent.servers.programs.Certificate;
import io.kevent.servers.programs.HttpExchanges;
import io.kevent.servers.programs.NettyProgram;
import io.kevent.servers.programs.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** kevent's agent beside another, before it and behind it: both do what they are for. */
class OtherAgentsTest {
    private static final String KEVENT = ServerJvm.agent().get(0);

    @TempDir
    Path directory;

    private Certificate certificate;

    @BeforeEach
    void createCertificate() throws Exception {
        certificate = Certificate.create(directory);
    }

    @Test
    void anotherByteBuddyAgentComesBehind() throws Exception {
        besideOtherAgent(List.of(KEVENT, otherAgent()));
    }

    @Test
    void anotherByteBuddyAgentComesBefore() throws Exception {
        besideOtherAgent(List.of(otherAgent(), KEVENT));
    }

    private void besideOtherAgent(List<String> agents) throws Exception {
        try (ServerJvm jvm = start(agents)) {
            assertRunsOnKevent(jvm, agents);
            for (String method : List.of("read", "provider", "register")) {
                assertEquals("true", jvm.ask("property " + OtherAgent.CALLED + method).get("value"), method);
            }
        }
    }

    private ServerJvm start(List<String> agents) throws Exception {
        return ServerJvm.start(NettyProgram.class, certificate, Stream.concat(agents.stream(), ServerJvm.shortLived().stream()).toList());
    }

    private String otherAgent() throws Exception {
        Path classes = directory.resolve("other-agent");
        URI compiled = OtherAgent.class.getResource("OtherAgent.class").toURI();
        String name = OtherAgent.class.getPackageName().replace('.', '/');
        Files.createDirectories(classes.resolve(name));
        for (String file : List.of("OtherAgent.class", "OtherAgent$Called.class")) {
            Files.copy(Path.of(compiled).resolveSibling(file), classes.resolve(name).resolve(file));
        }
        Map<String, String> manifest = Map.of("Premain-Class", OtherAgent.class.getName(), "Can-Retransform-Classes", "true");
        return "-javaagent:" + Application.jar(directory.resolve("other-agent.jar"), manifest, classes);
    }

    @Test
    void jacocosAgentComesBehind() throws Exception {
        besideJacoco(List.of(KEVENT, jacoco()));
    }

    @Test
    void jacocosAgentComesBefore() throws Exception {
        besideJacoco(List.of(jacoco(), KEVENT));
    }

    private void besideJacoco(List<String> agents) throws Exception {
        try (ServerJvm jvm = start(agents)) {
            assertRunsOnKevent(jvm, agents);
        }
        assertTrue(Files.size(coverage()) > 0, "JaCoCo has written down nothing");
    }

    /** All of the JDK that it can reach, kevent too. */
    private String jacoco() {
        return "-javaagent:" + System.getProperty("kevent.jacoco.jar") + "=inclbootstrapclasses=true,includes=io.kevent.*:sun.nio.ch.*,destfile="
                + coverage();
    }

    private Path coverage() {
        return directory.resolve("jacoco.exec");
    }

    private void assertRunsOnKevent(ServerJvm jvm, List<String> agents) throws Exception {
        exchange(jvm);
        assertEquals(Set.of("io.kevent.provider.selector.KeventSelector"), jvm.ask("selectors").keySet());
        Set<String> complaints = Complaints.of(jvm.errorOutput());
        complaints.removeAll(complaintsWithoutKevent(agents.stream().filter(agent -> !agent.equals(KEVENT)).toList()));
        assertEquals(Set.of(), complaints);
    }

    private Set<String> complaintsWithoutKevent(List<String> agents) throws Exception {
        try (ServerJvm jvm = start(agents)) {
            exchange(jvm);
            return Complaints.of(jvm.errorOutput());
        } finally {
            // what JaCoCo wrote here proves nothing
            Files.deleteIfExists(coverage());
        }
    }

    private void exchange(ServerJvm jvm) throws Exception {
        new HttpExchanges(certificate.context(), HttpClient.Version.HTTP_1_1).with(jvm.url(Program.HTTP));
    }
}
