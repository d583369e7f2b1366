// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import io.kevent.agent.install.AgentOptions;
import io.kevent.agent.protocol.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts kevent under a program that runs. */
@Command(name = "attach", description = {
    "Puts kevent under a program that runs.",
    "",
    "If it is there already and has the same options, or none are given, that is told and nothing is changed; with other options it fails: detach it first.",
    "If kevent cannot be installed, the JVM goes on as it was, with required=true too."})
final class AttachCommand implements Callable<Integer> {
    @Mixin
    private Target target;

    @Parameters(index = "1", arity = "0..1", paramLabel = "name=value,...", description = {
        "The agent's options, separated by commas:",
        "log=info|debug|warning|off: what the JVM logs at most",
        "accept=all|wake-one: how many selectors on one listener a connection wakes, of those that are opened from then on",
        "include=..., exclude=...: whose code gets kevent's selectors: class names, * for anything, ; between them. The class that opens a selector"
            + " decides; of one that is open already the class that selects by it first from then on"})
    private String options;

    @Override
    public Integer call() throws CommandFailure {
        try {
            AgentOptions.parse(options);
        } catch (IllegalArgumentException e) {
            throw target.usage(e.getMessage());
        }
        try (RemoteJvm jvm = target.open()) {
            target.tell(jvm.request(Request.attach(Target.newId(), options)));
        }
        return ExitCode.DONE.number;
    }
}
