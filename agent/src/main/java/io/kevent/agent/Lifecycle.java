// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import io.kevent.agent.install.AgentOptions;
import io.kevent.agent.install.Installation;

import io.kevent.agent.protocol.Presence;
import io.kevent.agent.protocol.Presence.How;
import io.kevent.agent.protocol.Status;
import io.kevent.provider.KeventSelectorProvider;
import io.kevent.provider.figures.KeventLog;
import io.kevent.provider.figures.Management;
import io.kevent.provider.figures.SelectorRegistry;
import java.lang.instrument.Instrumentation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * The one installation of this JVM, however it came in: at most one at a time, put in and taken off by any thread, and copied for who looks from outside
 * into the system property {@link Presence#PROPERTY}, which the application may lose.
 */
final class Lifecycle {
    private static final String ENGINE = "epoll";

    /** Guarded by this class, as all that follows; null if nothing is installed. */
    private static Installation installation;
    private static AgentOptions options;

    /** What the agent has done. */
    private static Presence presence = new Presence(How.NO, null, null);

    private Lifecycle() { }

    /** The version of the agent that is loaded here: the first that was loaded stays. */
    static String version() {
        return Objects.requireNonNullElse(Lifecycle.class.getPackage().getImplementationVersion(), "unknown");
    }

    /**
     * Installs kevent.
     *
     * @throws IllegalStateException if it is installed already
     * @throws Exception if it cannot be installed; the JVM is as it was, or it is {@link How#DETACHING} if that could not be brought about
     */
    static synchronized void install(How how, AgentOptions with, Instrumentation instrumentation) throws Exception {
        if (installation != null) {
            throw new IllegalStateException(installed() + "; take it off first");
        }
        requireOwnProvider();
        OwnClasses.require();
        OtherProvider.requireNone();
        Installation prepared = Installation.prepare(instrumentation, with);
        // the selectors of the self-test are none to be shown, and come before the application has chosen how to log
        Management.hold();
        Presence before = presence;
        KeventLog.limit(with.log().level());
        try {
            prepared.begin();
            publish(how);
        } catch (Throwable failure) {
            Management.registerWhenInUse(null);
            takeBack(prepared, with, failure);
            presence = before;
            KeventLog.limit(System.Logger.Level.ALL);
            throw failure;
        }
        installation = prepared;
        options = with;
        String sentence = "kevent " + version() + " is installed: selectors run on " + ENGINE + " through the kevent core (" + with + ").";
        if (how == How.START) {
            // JMX and a log line would start the JVM's logging before the application has chosen how
            Management.registerWhenInUse(with.toString());
            installation.onFirstSelector(() -> KeventLog.log(System.Logger.Level.INFO, sentence, null));
        } else {
            Management.register(with.toString());
            KeventLog.log(System.Logger.Level.INFO, sentence, null);
        }
    }

    /** What cannot be taken back wholly after a failure is kept, so that it is not installed a second time and {@link #undo} can finish it. */
    private static void takeBack(Installation begun, AgentOptions with, Throwable failure) {
        try {
            begun.undo();
        } catch (Throwable second) {
            installation = begun;
            options = with;
            publish(How.DETACHING);
            IllegalStateException both = new IllegalStateException(Reason.of(failure)
                    + "; what was installed could not be taken off wholly and is to be detached: " + Reason.of(second), failure);
            both.addSuppressed(second);
            throw both;
        }
    }

    /**
     * Takes everything back but what the system property has brought in ({@link How#PROPERTY}); selectors and channels that are open go on. If that fails it
     * is {@link How#DETACHING}, until this is called again with success.
     *
     * @return what became of the selectors, to stand behind a colon; null if nothing was installed
     * @throws Exception if a method of the JDK could not be given its own body back
     */
    static synchronized String undo() throws Exception {
        if (installation == null) {
            return null;
        }
        if (presence.how() != How.DETACHING) {
            publish(How.DETACHING);
        }
        installation.undo();
        int givenBack = installation.givenBack();
        installation = null;
        publish(How.DETACHED);
        boolean stays = presence().how() == How.PROPERTY;
        String outcome = "selectors opened from now on are " + (stays ? "kevent's by the system property and not the JDK's, " : "the JDK's, ")
                + givenBack + " that it opened before are given back to it, and " + SelectorRegistry.count("kevent")
                + " of kevent's own stay on kevent until they are closed";
        if (stays) {
            Management.register(null);
        } else {
            Management.unregister();
        }
        KeventLog.log(System.Logger.Level.INFO, (stays ? "The agent of kevent " : "kevent ") + version() + " is taken off: " + outcome + ".", null);
        KeventLog.limit(System.Logger.Level.ALL);
        return outcome;
    }

    /** The options that kevent was installed with; null if it is not. */
    static synchronized AgentOptions options() {
        return installation == null ? null : options;
    }

    /** That kevent is installed, or not wholly taken off yet, how and since when, to stand in a sentence. */
    static synchronized String installed() {
        if (presence.how() == How.DETACHING) {
            return "kevent " + presence.version() + " is being taken off since " + presence.since();
        }
        return "kevent " + presence.version() + (presence.how() == How.START ? " is installed since the start of the JVM" : " is attached") + " ("
                + presence.since() + ", " + options + ")";
    }

    /** What an operator sees. */
    static synchronized Status status() {
        requireOwnProvider();
        Presence now = presence();
        boolean known = now.how() != How.NO;
        return new Status(ProcessHandle.current().pid(), Instant.now().toString(), System.getProperty("java.version"), now.how().toString(),
                known ? version() : null, now.since() == null ? null : now.since().toString(), installation == null ? null : options.toString(),
                known ? ENGINE : null, installation == null ? List.of() : installation.notes(), SelectorRegistry.snapshot());
    }

    /** Whether and how kevent is in this JVM, with the agent or without. */
    static synchronized Presence presence() {
        return presence.beside(System.getProperty(Presence.PROVIDER_PROPERTY));
    }

    /** What an installation that failed has left, to end a sentence. */
    static String afterFailure() {
        return presence().how() == How.DETACHING ? "." : "; the JVM is as it was.";
    }

    private static void publish(How how) {
        presence = new Presence(how, version(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        System.setProperty(Presence.PROPERTY, presence.toString());
    }

    /** A provider on the class path comes before the agent's own, and one of another version may be built otherwise. */
    private static void requireOwnProvider() {
        String provider = KeventSelectorProvider.class.getPackage().getImplementationVersion();
        if (provider != null && !provider.equals(version())) {
            throw new IllegalStateException("the class path of the JVM holds kevent " + provider + " and the agent is " + version()
                    + ": use the agent of the same version");
        }
    }
}
