// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** What this command itself needs. */
final class Platform {

    private Platform() { }

    /** To be called before any class that knows the attach API is loaded. */
    static void require() throws CommandFailure {
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            throw new CommandFailure(ExitCode.UNSUPPORTED, "kevent runs on Linux only, with /proc mounted, and this is " + System.getProperty("os.name"));
        }
        if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
            throw new CommandFailure(ExitCode.UNSUPPORTED, "the Java runtime in " + System.getProperty("java.home")
                    + " has no module jdk.attach: run this command with the java of a JDK");
        }
    }
}
