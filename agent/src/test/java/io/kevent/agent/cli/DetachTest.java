// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What becomes of open selectors when kevent is taken off. */
class DetachTest {
    private static final String SINCE = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    private static String takenOff(int givenBack, int own) {
        return "kevent is taken off: selectors opened from now on are the JDK's, " + givenBack + " that it opened before are given back to it, and " + own
                + " of kevent's own stay on kevent until they are closed";
    }

    @Test
    void tellsHowManySelectorsWentBackAndHowManyStay() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            assertEquals("EPollSelectorImpl", jvm.ask("keep"));
            assertEquals("EPollSelectorImpl", jvm.ask("keep"));
            Cli.run("attach", jvm.pid(), "log=off");
            assertEquals("KeventSelector", jvm.ask("keep"));
            jvm.ask("select-kept");
            Cli.run("detach", jvm.pid()).assertDone(takenOff(2, 1));
        }
    }

    @Test
    void threadThatSelectsGivesBackByItselfAndGoesOn() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            jvm.ask("keep");
            Cli.run("attach", jvm.pid(), "log=off");
            jvm.ask("wait");
            jvm.await("is-waiting", "yes");
            Cli.run("detach", jvm.pid()).assertDone(takenOff(1, 0));
            assertEquals("false", jvm.ask("thread kevent-give-back"), "it waits for the lock of a selector that is given back");
            assertEquals("yes", jvm.ask("is-waiting"));
            jvm.ask("wake");
            jvm.await("is-waiting", "no");
        }
    }

    @Test
    void selectorThatIsKeptLockedIsGivenBackLater() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            jvm.ask("keep");
            jvm.ask("keep");
            Cli.run("attach", jvm.pid(), "log=off");
            jvm.ask("select-kept");
            assertEquals("blocked", jvm.ask("block"));
            String holder = "\\S+EPollSelectorImpl@\\w+ is not given back yet: thread \"the blocker\" at \\S+TargetProgram\\.\\S+ keeps it locked";
            Cli.run("detach", jvm.pid()).assertFails(1, "kevent could not be taken off wholly: new selectors are the JDK's, but the application keeps 1 of"
                    + " those that were open locked, which go back as soon as it lets go \\(" + holder + "\\)\\. Detach again then");
            assertEquals("EPollSelectorImpl selected 1", jvm.ask("select"));
            assertDetachingIsShown(jvm, holder);
            Cli.run("attach", jvm.pid()).assertFails(1, "kevent \\S+ is being taken off since " + SINCE + ": detach again to finish that, then attach");
            assertEquals("unblocked", jvm.ask("unblock"));
            Cli.run("detach", jvm.pid()).assertDone(takenOff(2, 0));
            assertTrue(jvm.ask("get io.kevent.agent").startsWith("detached "));
            Cli.run("attach", jvm.pid(), "log=off").assertDone("kevent \\S+ is attached.*");
            jvm.ask("select-kept");
            Cli.run("detach", jvm.pid()).assertDone(takenOff(2, 0));
        }
    }

    @Test
    void systemPropertiesThatTheApplicationClearsChangeNothing() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off");
            jvm.ask("clear");
            Cli.run("attach", jvm.pid()).assertDone("kevent \\S+ is attached \\(" + SINCE + ", log=off, .*\\) already");
            assertEquals("KeventSelector selected 1", jvm.ask("select"));
            Cli.run("detach", jvm.pid()).assertDone(takenOff(0, 0));
            assertEquals("EPollSelectorImpl selected 1", jvm.ask("select"));
            jvm.ask("clear");
            Cli.run("detach", jvm.pid()).assertDone("kevent is not attached: there is nothing to take off");
        }
    }

    private static void assertDetachingIsShown(TargetJvm jvm, String holder) throws Exception {
        JsonObject status = JsonParser.parseString(String.join("", Cli.run("status", jvm.pid(), "--json").out())).getAsJsonObject();
        assertEquals("detaching", status.get("kevent").getAsString());
        assertEquals(1, status.getAsJsonArray("notes").size(), status::toString);
        assertTrue(status.getAsJsonArray("notes").get(0).getAsString().matches(holder), status::toString);
        assertEquals(1, status.getAsJsonArray("selectors").size(), status::toString);
        JsonObject thread = status.getAsJsonArray("selectors").get(0).getAsJsonObject().getAsJsonObject("thread");
        assertEquals("the blocker", thread.get("name").getAsString());
        assertTrue(thread.get("stack").toString().contains("TargetProgram"), thread::toString);
        Cli table = Cli.run("status", jvm.pid());
        assertTrue(table.out().get(0).matches("JVM \\d+, Java \\S+: kevent \\S+ is being taken off \\(" + SINCE + "\\).*"), table::toString);
        assertTrue(table.out().stream().anyMatch(line -> line.contains("thread: the blocker #")), table::toString);
        assertTrue(table.out().stream().anyMatch(line -> line.matches(" +at .*TargetProgram.*")), table::toString);
        assertEquals("detaching", ListTest.listed(jvm).get("kevent").getAsString());
    }
}
