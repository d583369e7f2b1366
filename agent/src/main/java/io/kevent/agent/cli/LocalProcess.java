// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code /proc} tells of a process. The attach API wakes a JVM by SIGQUIT, which ends a process that is no JVM and makes some JVMs print a page: so
 * it is asked here first.
 */
final class LocalProcess {
    /** SIGQUIT is number 3. */
    private static final long SIGQUIT_BIT = 1L << (3 - 1);

    /** Of the names of files: what it has no characters for can be read, but not be named here. */
    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

    private static final int TMP_KNOWING_JAVA = 21;
    private static final String PID_NAMESPACE = "ns/pid";

    private final long pid;
    private final Path proc;
    private final Path directory;

    /** The lines of {@code /proc/PID/status}. */
    private final Map<String, String> status;

    private LocalProcess(long pid, Path proc) throws IOException {
        this.pid = pid;
        this.proc = proc;
        this.directory = proc.resolve(Long.toString(pid));
        this.status = status(directory);
    }

    /** Fails with {@link ExitCode#NO_JVM} if there is none, and with {@link ExitCode#NOT_PERMITTED} if it is hidden from this user. */
    static LocalProcess of(long pid) throws CommandFailure {
        return of(pid, Path.of("/proc"));
    }

    /** With another directory in the place of {@code /proc}. */
    static LocalProcess of(long pid, Path proc) throws CommandFailure {
        LocalProcess process;
        try {
            process = new LocalProcess(pid, proc);
        } catch (IOException e) {
            // proc may be mounted to hide what others run (hidepid)
            if (!Files.notExists(proc.resolve(Long.toString(pid)))) {
                throw notPermitted(pid, e);
            }
            throw new CommandFailure(ExitCode.NO_JVM, "there is no process " + pid + ": `list` shows the JVMs that run", e);
        }
        String group = process.status.get("Tgid");
        if (!Long.toString(pid).equals(group)) {
            throw new CommandFailure(ExitCode.NO_JVM, pid + " is a thread of process " + group + ": give that number");
        }
        if (process.status.get("State").startsWith("Z")) {
            throw new CommandFailure(ExitCode.NO_JVM, "process " + pid + " has ended and only waits for its parent to take note");
        }
        return process;
    }

    private static Map<String, String> status(Path directory) throws IOException {
        Map<String, String> status = new HashMap<>();
        for (String line : Files.readAllLines(directory.resolve("status"), StandardCharsets.ISO_8859_1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                status.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return status;
    }

    /** Who owns it; a number where the user has no name here. */
    String user() {
        return ProcessHandle.of(pid).flatMap(process -> process.info().user()).orElseGet(() -> "user " + effective("Uid", status));
    }

    /** Its command line; empty if it may not be read. */
    List<String> arguments() {
        try {
            return List.of(text("cmdline").split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Its environment when it was started. */
    Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String entry : text("environ").split("\0")) {
            int sign = entry.indexOf('=');
            if (sign > 0) {
                environment.putIfAbsent(entry.substring(0, sign), entry.substring(sign + 1));
            }
        }
        return environment;
    }

    long pid() {
        return pid;
    }

    /** Its number as it sees itself, in a container another than here. */
    long innerPid() {
        String[] numbers = status.getOrDefault("NSpid", Long.toString(pid)).split("\\s+");
        return Long.parseLong(numbers[numbers.length - 1]);
    }

    /** What the kernel tells of it. */
    Path directory() {
        return directory;
    }

    /** The file system that it sees. */
    Path root() {
        return directory.resolve("root");
    }

    /** A file that it sees, from here. */
    Path seen(Path absolute) {
        return root().resolve(absolute.getRoot().relativize(absolute));
    }

    /** Whether it is a JVM; one of another user counts as one by its name only. */
    boolean isJvm() {
        try {
            return maps().contains("/libjvm.so");
        } catch (IOException e) {
            return "java".equals(status.get("Name"));
        }
    }

    /** Fails with what stands against attaching to it, as far as that can be seen from here. */
    void requireAttachable() throws CommandFailure {
        requireSameUserAndGroup();
        requireHotSpot();
        requireRunning();
        requireReachable();
        LaunchFlags flags = LaunchFlags.of(this);
        if (flags.isOn("DisableAttachMechanism", false)) {
            throw refused(pid, "-XX:+DisableAttachMechanism");
        }
        if (!flags.isOn("EnableDynamicAgentLoading", true)) {
            throw refused(pid, "-XX:-EnableDynamicAgentLoading");
        }
        if (!catchesSignal() && !new OutsideView(this).needsNoSignal()) {
            throw new CommandFailure(ExitCode.REFUSED, "the JVM " + pid + " would end by the signal of an attach request (SIGQUIT): it is just starting, so try"
                    + " again, or it was started with -Xrs and its socket in /tmp is gone, so start it with -javaagent");
        }
    }

    private boolean catchesSignal() {
        return (Long.parseUnsignedLong(status.get("SigCgt"), 16) & SIGQUIT_BIT) != 0;
    }

    /** The attach API wants both to be the same, unless it is root who asks. */
    private void requireSameUserAndGroup() throws CommandFailure {
        Map<String, String> own;
        try {
            own = status(proc.resolve("self"));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNSUPPORTED, "this needs Linux with /proc", e);
        }
        String user = effective("Uid", status);
        if (effective("Uid", own).equals("0")) {
            return;
        }
        if (!effective("Uid", own).equals(user)) {
            throw new CommandFailure(ExitCode.NOT_PERMITTED, "process " + pid + " belongs to " + user() + ": run this command as that user, or as root");
        }
        String group = effective("Gid", status);
        if (!effective("Gid", own).equals(group)) {
            throw new CommandFailure(ExitCode.NOT_PERMITTED, "process " + pid + " runs with group " + group + " and this command with " + effective("Gid", own)
                    + ": run it with that group as well, for example by sudo -u '#" + user + "' -g '#" + group + "', or as root");
        }
    }

    /** Real, effective, saved and file system user, or group, stand in one line. */
    private static String effective(String line, Map<String, String> status) {
        return status.get(line).split("\\s+")[1];
    }

    /** The kernel tells apart who is stopped by a signal, which another signal ends, and who is held by a tracer, who alone can let it go on. */
    private void requireRunning() throws CommandFailure {
        if (status.get("State").startsWith("T")) {
            throw new CommandFailure(ExitCode.NO_ANSWER, "process " + pid + " is stopped: let it go on (kill -CONT " + pid + ") and try again");
        }
        if (status.get("State").startsWith("t")) {
            throw new CommandFailure(ExitCode.NO_ANSWER, "process " + pid + " is held by a debugger or strace (TracerPid " + status.get("TracerPid")
                    + "): have that let it go on, or end that, and try again");
        }
    }

    private void requireHotSpot() throws CommandFailure {
        String maps;
        try {
            maps = maps();
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.NO_JVM, "process " + pid + " has just ended", e);
        } catch (IOException e) {
            throw notPermitted(pid, e);
        }
        if (maps.contains("/libj9vm")) {
            throw new CommandFailure(ExitCode.UNSUPPORTED, "the JVM " + pid + " is an OpenJ9: kevent needs a HotSpot (OpenJDK) JVM");
        }
        if (!maps.contains("/libjvm.so")) {
            throw new CommandFailure(ExitCode.NO_JVM, "process " + pid + " is not a JVM: `list` shows those that run");
        }
    }

    /** The files that are mapped into it. */
    String maps() throws IOException {
        return text("maps");
    }

    private String text(String file) throws IOException {
        return new String(Files.readAllBytes(directory.resolve(file)), NAMES);
    }

    /**
     * The attach API meets a JVM in the directory {@code /tmp}. Before JDK 21 it looks for one of the JVM's own only if the JVM is in a process namespace
     * of its own too.
     */
    private void requireReachable() throws CommandFailure {
        if (Runtime.version().feature() >= TMP_KNOWING_JAVA) {
            return;
        }
        try {
            Path tmp = Path.of("/tmp");
            boolean samePids = Files.readSymbolicLink(directory.resolve(PID_NAMESPACE)).equals(Files.readSymbolicLink(proc.resolve("self/" + PID_NAMESPACE)));
            if (samePids && !Files.isSameFile(tmp, directory.resolve("root/tmp"))) {
                throw new CommandFailure(ExitCode.FAILED, "the JVM " + pid + " has a /tmp of its own (systemd's PrivateTmp?), where Java "
                        + Runtime.version().feature() + " does not look: run this command with a newer java, or by nsenter -t " + pid + " -m");
            }
        } catch (IOException e) {
            // it cannot be told: attaching will show
            return;
        }
    }

    private static CommandFailure notPermitted(long pid, IOException e) {
        return new CommandFailure(ExitCode.NOT_PERMITTED, "process " + pid + " may not be looked into: run this command as its user, or as root", e);
    }

    /** The JVM was started with a flag that keeps agents out. */
    static CommandFailure refused(long pid, String flag) {
        return new CommandFailure(ExitCode.REFUSED, "the JVM " + pid + " refuses agents while it runs, as it was told by " + flag
                + ": start it without that flag, or with -javaagent");
    }

    /** Fails if the process sees another file system, in which a file of ours is not there. */
    void requireSees(Path file) throws CommandFailure {
        if (Files.isExecutable(root()) && Files.exists(file) && Files.notExists(seen(file))) {
            throw new CommandFailure(ExitCode.FAILED, "the JVM " + pid + " sees another file system, which has no "
                    + file + ": copy the jar to the same place in there");
        }
    }
}
