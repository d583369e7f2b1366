// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The jar that this command runs from, which is also the one that is loaded into other JVMs. */
final class OwnJar implements IVersionProvider {

    static Path path() throws CommandFailure {
        CodeSource source = OwnJar.class.getProtectionDomain().getCodeSource();
        try {
            Path jar = Path.of(source.getLocation().toURI()).toRealPath();
            if (Files.isRegularFile(jar)) {
                return jar;
            }
        } catch (IOException | URISyntaxException e) {
            throw new CommandFailure(ExitCode.FAILED, "the agent's jar cannot be found: " + e.getMessage(), e);
        }
        throw new CommandFailure(ExitCode.FAILED, "this runs from kevent-agent.jar only");
    }

    static String pathOrName() {
        try {
            return path().toString();
        } catch (CommandFailure e) {
            return "kevent-agent.jar";
        }
    }

    static String version() {
        return Objects.requireNonNullElse(OwnJar.class.getPackage().getImplementationVersion(), "unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"kevent " + version() + " (Java " + System.getProperty("java.version") + ")"};
    }
}
