// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kevent.programs.TargetProgram;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** list. */
class ListTest {

    @Test
    void listShowsWhereKeventIs() throws Exception {
        try (TargetJvm without = TargetJvm.start(); TargetJvm with = TargetJvm.start("-javaagent:" + Cli.JAR + "=log=off");
                TargetJvm refusing = TargetJvm.start("-XX:-EnableDynamicAgentLoading")) {
            Cli list = Cli.run("list", "--json");
            assertEquals(0, list.exitCode(), list::toString);
            JsonArray jvms = JsonParser.parseString(String.join("", list.out())).getAsJsonArray();
            JsonObject first = of(without, jvms);
            assertEquals(Set.of("pid", "user", "javaVersion", "kevent", "keventVersion", "since", "attachable", "reason", "exitCode", "command"),
                    first.keySet());
            assertEquals("no", first.get("kevent").getAsString());
            assertTrue(first.get("attachable").getAsBoolean());
            assertEquals(TargetProgram.class.getName(), first.get("command").getAsString());
            assertEquals(System.getProperty("java.version"), first.get("javaVersion").getAsString());
            assertEquals("start", of(with, jvms).get("kevent").getAsString());
            assertEquals(5, of(refusing, jvms).get("exitCode").getAsInt());
            assertTrue(of(refusing, jvms).get("reason").getAsString().contains("-XX:-EnableDynamicAgentLoading"));
            for (JsonElement jvm : jvms) {
                assertFalse(jvm.getAsJsonObject().get("command").getAsString().endsWith("kevent-agent.jar list --json"), "the command lists itself");
            }
        }
    }

    @Test
    void listHasALineForEachJvm() throws Exception {
        try (TargetJvm jvm = TargetJvm.start(); TargetJvm refusing = TargetJvm.start("-XX:+DisableAttachMechanism")) {
            Cli list = Cli.run("list");
            assertTrue(list.out().get(0).matches(" *PID +USER +JAVA +KEVENT +ATTACH +PROGRAM"), list::toString);
            assertTrue(list.out().stream().anyMatch(line -> line.matches(" *" + jvm.pid() + " +\\S+ +[\\d.]+\\S* +no +yes +\\S*TargetProgram")), list::toString);
            assertTrue(list.out().stream().anyMatch(line -> line.matches(" *" + refusing.pid() + " +\\S+ +- +- +no, refuses +\\S*TargetProgram")),
                    list::toString);
            assertTrue(list.out().stream().allMatch(line -> line.length() <= 120), list::toString);
        }
    }

    private static JsonObject of(TargetJvm jvm, JsonArray jvms) {
        for (JsonElement each : jvms) {
            if (each.getAsJsonObject().get("pid").getAsLong() == jvm.pid()) {
                return each.getAsJsonObject();
            }
        }
        throw new AssertionError(jvm.pid() + " is not among " + jvms);
    }
}
