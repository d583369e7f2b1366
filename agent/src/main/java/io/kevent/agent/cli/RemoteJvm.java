// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.kevent.agent.protocol.Presence;
import io.kevent.agent.protocol.Reply;
import io.kevent.agent.protocol.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Another JVM on this machine, attached to. Each call is bounded in time. For one thread. */
final class RemoteJvm implements AutoCloseable {
    private static final int OLDEST = 17;
    private static final Pattern FEATURE = Pattern.compile("(?:1\\.)?(\\d{1,4})");

    /** What the system says, and what the attach API says of the owner and the group of a JVM's socket. */
    private static final Pattern NOT_PERMITTED = Pattern.compile("ermission|not permitted|should be owned by the current user|should be the current group");

    /** A JVM before 24 takes no longer argument. */
    private static final int LONGEST_ARGUMENT = 1023;

    private final long pid;
    private final LocalProcess process;
    private final Duration limit;
    private VirtualMachine machine;
    private Properties properties;

    private RemoteJvm(long pid, LocalProcess process, Duration limit) {
        this.pid = pid;
        this.process = process;
        this.limit = limit;
    }

    /** Attaches, after it has made sure of all that can be seen from outside. Nothing is loaded. */
    static RemoteJvm open(LocalProcess process, Duration limit) throws CommandFailure {
        process.requireAttachable();
        long pid = process.pid();
        RemoteJvm jvm = new RemoteJvm(pid, process, limit);
        jvm.machine = jvm.bounded(() -> VirtualMachine.attach(Long.toString(pid)));
        try {
            jvm.properties = jvm.readProperties();
            jvm.requireSupported();
            return jvm;
        } catch (CommandFailure e) {
            jvm.close();
            throw e;
        }
    }

    /** What JVMs tell of their main class and its arguments, by process, in files that they keep for who looks. Attaches to none. */
    static Map<String, String> names() {
        // one that is just starting is called Unknown, one that keeps no such file by its number
        return VirtualMachine.list().stream().filter(jvm -> !Set.of("", "Unknown", jvm.id()).contains(jvm.displayName()))
                .collect(Collectors.toMap(VirtualMachineDescriptor::id, VirtualMachineDescriptor::displayName, (first, second) -> first));
    }

    private void requireSupported() throws CommandFailure {
        String name = properties.getProperty("java.vm.name", "");
        if (name.contains("OpenJ9")) {
            throw new CommandFailure(ExitCode.UNSUPPORTED, "the JVM " + pid + " is an " + name + ": kevent needs a HotSpot (OpenJDK) JVM");
        }
        // the application may have taken them away
        String version = properties.getProperty("java.specification.version", new OutsideView(process).javaVersion());
        if (version != null) {
            requireJava(pid, version);
        }
    }

    /** Takes a version as in {@code 17.0.15} or, of old, {@code 1.8}. */
    static void requireJava(long pid, String version) throws CommandFailure {
        Matcher feature = FEATURE.matcher(version);
        if (!feature.lookingAt() || Integer.parseInt(feature.group(1)) < OLDEST) {
            throw new CommandFailure(ExitCode.UNSUPPORTED, "the JVM " + pid + " is of Java " + version.replaceFirst("^1\\.", "") + ": kevent needs " + OLDEST
                    + " or newer");
        }
    }

    /** As they were when the JVM was attached to. */
    Properties properties() {
        return properties;
    }

    Presence presence() {
        return Presence.of(properties);
    }

    /** Loads the agent with a request; each time costs the JVM some memory that it never gives back. */
    Reply request(Request request) throws CommandFailure {
        Path jar = OwnJar.path();
        String argument = request.within(limit).toString();
        process.requireSees(jar);
        if (jar.toString().indexOf('=') >= 0) {
            // the JVM takes what stands behind the first one for the argument
            throw new CommandFailure(ExitCode.FAILED, "a JVM cannot load an agent whose path contains '=': move " + jar + " to another place");
        }
        if (jar.toString().length() + 1 + argument.length() > LONGEST_ARGUMENT) {
            throw new CommandFailure(ExitCode.USAGE, "the options are too long: with the path of the jar they may have " + LONGEST_ARGUMENT + " characters");
        }
        bounded(() -> {
            machine.loadAgent(jar.toString(), argument);
            return null;
        });
        Reply reply = published(request);
        if (reply == null) {
            String present = presence().version();
            throw new CommandFailure(ExitCode.FAILED, "the agent in the JVM " + pid + " did not reply"
                    + (present == null || present.equals(OwnJar.version()) ? "" : ": it is of version " + present + ", use the command line of that version"));
        }
        return reply;
    }

    /** The reply that now stands in the JVM, without loading anything; null if none does. */
    Reply published(Request request) throws CommandFailure {
        String json = readProperties().getProperty(Reply.property(request.id()));
        return json == null ? null : Reply.parse(json);
    }

    private Properties readProperties() throws CommandFailure {
        return bounded(machine::getSystemProperties);
    }

    private <T> T bounded(Callable<T> call) throws CommandFailure {
        try {
            return TimeLimit.await(TimeLimit.start(call), limit, "the JVM " + pid + " did not answer within " + limit.toSeconds()
                    + " s: it may be stopped or overloaded; what was asked of it may still happen");
        } catch (CommandFailure e) {
            throw e;
        } catch (AgentLoadException | AgentInitializationException e) {
            throw loading(e);
        } catch (AttachNotSupportedException | IOException e) {
            throw attaching(e);
        } catch (Exception e) {
            throw new CommandFailure(ExitCode.FAILED, "the JVM " + pid + " could not be asked: " + e, e);
        }
    }

    private CommandFailure loading(Exception e) {
        String message = Objects.toString(e.getMessage(), "");
        if (message.contains("Dynamic agent loading is not enabled")) {
            return LocalProcess.refused(pid, "-XX:-EnableDynamicAgentLoading");
        }
        if (message.contains("java.instrument")) {
            return new CommandFailure(ExitCode.UNSUPPORTED, "the JVM " + pid + " runs on an image without the module java.instrument, which agents need: add"
                    + " that to the image, or start the JVM with -D" + Presence.PROVIDER_PROPERTY + "=" + Presence.PROVIDER + " as README tells", e);
        }
        return new CommandFailure(ExitCode.FAILED, "the JVM " + pid + " could not load " + OwnJar.pathOrName() + " (" + message + "): "
                + (message.contains("Agent JAR not found") ? "see that its user may read that file" : "see what it says on its standard error output"), e);
    }

    private CommandFailure attaching(Exception e) {
        String message = Objects.toString(e.getMessage(), e.toString());
        if (message.contains("does not support the attach mechanism")) {
            return LocalProcess.refused(pid, "-XX:+DisableAttachMechanism");
        }
        if (message.contains("Dynamic agent loading is not enabled")) {
            return LocalProcess.refused(pid, "-XX:-EnableDynamicAgentLoading");
        }
        if (message.contains("Unable to open socket file") || message.contains("Unable to open door")) {
            return new CommandFailure(ExitCode.NO_ANSWER, "the JVM " + pid + " does not answer attach requests: it may be stopped or overloaded, be told not"
                    + " to by -XX:+DisableAttachMechanism, or have a /tmp of its own", e);
        }
        if (message.contains("No such process") || hasEnded()) {
            return new CommandFailure(ExitCode.NO_JVM, "the JVM " + pid + " has just ended", e);
        }
        if (NOT_PERMITTED.matcher(message).find()) {
            return new CommandFailure(ExitCode.NOT_PERMITTED, "the JVM " + pid + " may not be attached to (" + message
                    + "): run this command as its user and with its group, or as root", e);
        }
        return new CommandFailure(ExitCode.FAILED, "the JVM " + pid + " could not be asked: " + message, e);
    }

    /** Also one that its parent has not taken note of. */
    private boolean hasEnded() {
        try {
            LocalProcess.of(pid);
            return false;
        } catch (CommandFailure e) {
            return e.code() == ExitCode.NO_JVM;
        }
    }

    @Override
    public void close() {
        try {
            machine.detach();
        } catch (IOException e) {
            // nothing is held on Linux: each request has a connection of its own
        }
    }
}
