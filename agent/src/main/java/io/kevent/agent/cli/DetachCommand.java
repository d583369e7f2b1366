// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import io.kevent.agent.protocol.Presence;
import io.kevent.agent.protocol.Presence.How;
import io.kevent.agent.protocol.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes kevent off a program that runs. */
@Command(name = "detach", description = {
    "Takes kevent off a program that runs, whether it was attached or started with -javaagent.",
    "",
    "Where it is not attached there is nothing to do, and that is told."})
final class DetachCommand implements Callable<Integer> {
    private static final String NOTHING = "kevent is not attached: there is nothing to take off";

    @Mixin
    private Target target;

    @Override
    public Integer call() throws CommandFailure {
        LocalProcess process = target.process();
        OutsideView outside = new OutsideView(process);
        if (outside.isWithoutKevent()) {
            target.tell(NOTHING);
            return ExitCode.DONE.number;
        }
        try (RemoteJvm jvm = target.open(process)) {
            Presence presence = jvm.presence();
            if (presence.how() == How.PROPERTY) {
                throw new CommandFailure(ExitCode.FAILED, Presence.ONLY_A_RESTART);
            }
            if (presence.how().isInstalled() || outside.contradicts(presence)) {
                target.tell(jvm.request(Target.request(Request.Kind.DETACH)));
            } else {
                target.tell(NOTHING);
            }
        }
        return ExitCode.DONE.number;
    }
}
