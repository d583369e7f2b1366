// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import com.sun.tools.attach.VirtualMachine;
import java.lang.invoke.MethodHandles;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Tests on the JDK's own selectors, as a JVM has them that kevent is attached to later. With {@code -Dkevent.adopted=always} under the agent they are
 * opened by the JDK and taken over by the agent; with {@code -Dkevent.adopted=by-turns} and the agent's jar in {@code kevent.agent.jar} the agent is
 * attached and taken off, over and over, while the tests run.
 */
public final class AdoptedSession implements LauncherSessionListener {
    private final Thread turns = new Thread(this::takeTurns, "attach by turns");
    private volatile boolean over;
    private volatile int count;
    private volatile Throwable failure;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        String adopted = System.getProperty("kevent.adopted", "never");
        if (adopted.equals("always")) {
            leaveOpeningToTheJdk();
        } else if (adopted.equals("by-turns")) {
            turns.setDaemon(true);
            turns.start();
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        over = true;
        if (turns.isAlive()) {
            try {
                turns.join(TimeUnit.MINUTES.toMillis(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.out.println("the agent was attached and taken off " + count + " times");
        }
        if (failure != null || turns.isAlive()) {
            throw new IllegalStateException("the agent could not be attached or taken off in turn " + count, failure);
        }
    }

    private static void leaveOpeningToTheJdk() {
        try {
            Class<?> hook = Class.forName("sun.nio.ch.KeventHook");
            MethodHandles.privateLookupIn(hook, MethodHandles.lookup()).findStaticVarHandle(hook, "provider", Supplier.class).setVolatile(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the agent is not there", e);
        }
        if (SelectorProvider.provider().getClass().getName().startsWith("io.kevent.")) {
            throw new IllegalStateException("the selectors are kevent's own");
        }
    }

    private void takeTurns() {
        try {
            VirtualMachine self = VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
            try {
                while (!over) {
                    self.loadAgent(System.getProperty("kevent.agent.jar"), "log=off");
                    leaveOpeningToTheJdk();
                    Class<?> agent = Class.forName("io.kevent.agent.KeventAgent");
                    if (!(boolean) agent.getMethod("undo").invoke(null)) {
                        throw new IllegalStateException("there was nothing to take off");
                    }
                    count++;
                }
            } finally {
                self.detach();
            }
        } catch (Throwable t) {
            failure = t;
        }
    }
}
