// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import io.kevent.provider.adoption.Adoption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Tests on the JDK's own selectors, as a JVM has them that kevent is attached to later, by the system property {@code kevent.adopted}:
 * <ul>
 * <li>{@code always}, under the agent: they are opened by the JDK and taken over by the agent.
 * <li>{@code by-turns}, under the agent: the same, and they are given back and taken over again all the time.
 * <li>{@code attached}, without the agent, whose jar is in {@code kevent.agent.jar}: the agent is attached and taken off all the time.
 * </ul>
 */
public final class AdoptedSession implements LauncherSessionListener {
    private Turns turns;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        String adopted = System.getProperty("kevent.adopted", "never");
        if (adopted.equals("always") || adopted.equals("by-turns")) {
            AgentHook.leaveOpeningToTheJdk();
        }
        if (adopted.equals("by-turns")) {
            turns = new Turns("taken over and given back", AdoptedSession::handOver);
        } else if (adopted.equals("attached")) {
            turns = new Turns("attached and taken off", AdoptedSession::attach);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (turns != null) {
            turns.end();
        }
    }

    private static void handOver() throws Exception {
        Adoption adoption = new Adoption(null);
        AgentHook.use(adoption);
        // long enough for some selections, short enough for many turns
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextInt(2000)));
        // most of those who select are gone by then, and where nobody does it makes many turns
        if (!adoption.giveBack(Duration.ofMillis(10), Duration.ofMinutes(1))) {
            throw new IllegalStateException("selectors are not given back: " + adoption.waiting().keySet());
        }
    }

    private static void attach() throws Exception {
        // from a process of its own: one that loads an agent keeps a socket open on JDK 25, and the tests count them
        Process attach = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                System.getProperty("kevent.agent.jar"), "attach", Long.toString(ProcessHandle.current().pid()), "log=off")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (!attach.waitFor(1, TimeUnit.MINUTES) || attach.exitValue() != 0) {
            throw new IllegalStateException("attach ends with " + attach);
        }
        AgentHook.leaveOpeningToTheJdk();
        Class<?> agent = Class.forName("io.kevent.agent.KeventAgent");
        if (!(boolean) agent.getMethod("undo").invoke(null)) {
            throw new IllegalStateException("there was nothing to take off");
        }
    }
}
