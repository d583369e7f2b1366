// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import io.kevent.agent.protocol.Presence;
import io.kevent.agent.protocol.Presence.How;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be told of a JVM without attaching to it. Attaching for the first time starts a thread and opens a socket in the JVM, which stay: not what one
 * who only looks may do.
 */
final class OutsideView {
    private static final String AGENT = "io.kevent.agent.KeventAgent";

    /** From {@code lib/server} of a JDK, or {@code jre/lib/amd64/server} of an old one, up to where {@code release} stands. */
    private static final int LEVELS = 5;

    /** Which word of a line of the kernel's list of sockets. */
    private static final int INODE = 6;

    /** The kernel marks the name of an open file that another has taken the place of. */
    private static final Pattern KEVENT = Pattern.compile("kevent.*\\.jar( \\(deleted\\))?");
    private static final Pattern KEVENT_AGENT = Pattern.compile("kevent-agent.*\\.jar( \\(deleted\\))?");

    private static final Pattern LIBRARY = Pattern.compile("(?m)(/.*/libjvm\\.so)$");
    private static final Pattern JAVA_VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"?([^\"\\s]+)");

    private final LocalProcess process;

    OutsideView(LocalProcess process) {
        this.process = process;
    }

    /**
     * Whether somebody has attached before: to do so again leaves nothing new in the JVM. The socket in {@code /tmp} does not tell: a JVM that was killed
     * leaves it behind for another with the same number, and who cleans {@code /tmp} takes it from one that goes on. The JVM has it open as long as it lives.
     */
    boolean hasAttachListener() {
        try {
            Set<String> sockets = attachSockets();
            return !sockets.isEmpty() && hasOpen(file -> sockets.contains(file.toString()));
        } catch (IOException | UncheckedIOException e) {
            // not to be seen
            return Files.exists(socketFile());
        }
    }

    /** Whether it can be attached to without a signal, which is sent where the socket is not found, whether the JVM has it open or not. */
    boolean needsNoSignal() {
        return hasAttachListener() && Files.exists(socketFile());
    }

    private Path socketFile() {
        return process.root().resolve("tmp/.java_pid" + process.innerPid());
    }

    /**
     * Those of JVMs with this number, as descriptors lead to them; there may be one in each container that shares the network. A JVM binds the socket under
     * the name with an ending and renames the file, of which the kernel's list knows nothing; one that binds it as it is called is found as well.
     */
    private Set<String> attachSockets() throws IOException {
        String name = " /tmp/.java_pid" + process.innerPid();
        try (Stream<String> sockets = Files.lines(process.directory().resolve("net/unix"), StandardCharsets.ISO_8859_1)) {
            return sockets.filter(line -> line.endsWith(name + ".tmp") || line.endsWith(name)).map(line -> "socket:[" + line.split(" +")[INODE] + "]")
                    .collect(Collectors.toSet());
        }
    }

    private boolean hasOpen(Predicate<Path> file) throws IOException {
        try (Stream<Path> descriptors = Files.list(process.directory().resolve("fd"))) {
            return descriptors.anyMatch(descriptor -> leadsTo(file, descriptor));
        }
    }

    private static boolean leadsTo(Predicate<Path> file, Path descriptor) {
        try {
            return file.test(Files.readSymbolicLink(descriptor));
        } catch (IOException e) {
            // closed meanwhile
            return false;
        }
    }

    /** How kevent came in when the JVM was started; null if that does not show. */
    How kevent() {
        LaunchFlags flags = LaunchFlags.of(process);
        try {
            if (flags.agents().anyMatch(this::isKevent)) {
                return How.START;
            }
        } catch (InvalidPathException e) {
            // the locale of this command has no characters for its name
            return null;
        }
        if (Presence.PROVIDER.equals(flags.property(Presence.PROVIDER_PROPERTY))) {
            return How.PROPERTY;
        }
        return flags.areAll() && !hasOpen(KEVENT) ? How.NO : null;
    }

    /** Whether kevent is certainly not in it, nor was; false if that does not show. */
    boolean isWithoutKevent() {
        return !hasAttachListener() && kevent() == How.NO;
    }

    /** Whether the agent may be loaded though the system properties tell that it is not: they are the application's to clear. */
    boolean contradicts(Presence told) {
        return told.how() == How.NO && (kevent() == How.START || hasOpen(KEVENT_AGENT));
    }

    private boolean isKevent(String agent) {
        Path inside = Path.of(agent);
        Path jar = inside.isAbsolute() ? process.seen(inside) : process.directory().resolve("cwd").resolve(inside);
        // what is no plain file could keep the reader waiting
        if (Files.isRegularFile(jar)) {
            try (JarFile file = new JarFile(jar.toFile())) {
                Manifest manifest = file.getManifest();
                return manifest != null && AGENT.equals(manifest.getMainAttributes().getValue("Premain-Class"));
            } catch (IOException e) {
                return isNamed(KEVENT, inside);
            }
        }
        return isNamed(KEVENT, inside);
    }

    /** Who loads classes from a jar keeps it open: the JVM does so with an agent, and a program that installs kevent by itself. */
    private boolean hasOpen(Pattern jar) {
        try {
            return hasOpen(file -> isNamed(jar, file));
        } catch (IOException | UncheckedIOException e) {
            // not to be seen
            return true;
        }
    }

    private static boolean isNamed(Pattern name, Path jar) {
        return jar.getFileName() != null && name.matcher(jar.getFileName().toString()).matches();
    }

    /** As the files of the JDK that it runs from tell; null if they do not. */
    String javaVersion() {
        try {
            Matcher library = LIBRARY.matcher(process.maps());
            // a JDK that was replaced meanwhile tells nothing of this JVM
            return library.find() ? release(process.seen(Path.of(library.group(1)))) : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private static String release(Path library) throws IOException {
        Path directory = library.getParent();
        for (int level = 0; level < LEVELS && directory != null; level++) {
            Path release = directory.resolve("release");
            if (Files.isRegularFile(release)) {
                Matcher version = JAVA_VERSION.matcher(Files.readString(release));
                if (version.find()) {
                    return version.group(1);
                }
            }
            directory = directory.getParent();
        }
        return null;
    }
}
