// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import com.google.gson.JsonNull;
import io.kevent.agent.install.AgentOptions;
import io.kevent.agent.protocol.Presence;
import io.kevent.agent.protocol.Presence.How;
import io.kevent.agent.protocol.Reply;
import io.kevent.agent.protocol.Request;
import java.lang.instrument.Instrumentation;

/** Does what was asked of an agent that was loaded into a running JVM, and replies. */
final class Requests {
    private static final Replies REPLIES = new Replies();

    private Requests() { }

    /** Never throws: the JVM would print a page about it, and no one who waits for the reply would see it. */
    static void answer(String text, Instrumentation instrumentation) {
        try {
            Request request = Request.parse(text);
            Reply reply = reply(request, instrumentation);
            if (request.id() == null) {
                if (!reply.done()) {
                    AgentLog.log(System.Logger.Level.WARNING, reply.message() + AgentLog.afterFailure(), null);
                }
            } else if (request.kind() == Request.Kind.WATCH && reply.done()) {
                REPLIES.watch(request.id(), () -> reply(request, instrumentation).toJson(), request.interval(), request.lease());
            } else {
                REPLIES.post(request.id(), reply.toJson(), request.limit());
            }
        } catch (Throwable t) {
            AgentLog.log(System.Logger.Level.WARNING, "The kevent agent could not answer " + text + ".", t);
        }
    }

    private static Reply reply(Request request, Instrumentation instrumentation) {
        try {
            return switch (request.kind()) {
                case ATTACH -> attach(request.argument(), instrumentation);
                case DETACH -> detach();
                case STATUS, WATCH -> new Reply(Lifecycle.version(), true, "", Reply.tree(Lifecycle.status()));
            };
        } catch (Throwable t) {
            String what = request.kind() == Request.Kind.ATTACH ? "attached" : request.kind() == Request.Kind.DETACH ? "taken off wholly" : "looked at";
            return said(false, "kevent could not be " + what + ": " + AgentLog.reason(t));
        }
    }

    private static Reply attach(String text, Instrumentation instrumentation) throws Exception {
        AgentOptions options = AgentOptions.parse(text);
        AgentOptions present = Lifecycle.options();
        if (present == null) {
            Lifecycle.install(How.ATTACHED, options, instrumentation);
            return said(true, Lifecycle.installed());
        }
        if (Lifecycle.presence().how() == How.DETACHING) {
            return said(false, Lifecycle.installed() + ": detach again to finish that, then attach");
        }
        // who names no options wants kevent, however it is set
        boolean asAsked = text.isBlank() || present.toString().equals(options.toString());
        return said(asAsked, Lifecycle.installed() + " already" + (asAsked ? "" : ": detach it to attach it with other options"));
    }

    private static Reply detach() throws Exception {
        String outcome = Lifecycle.undo();
        if (Lifecycle.presence().how() == How.PROPERTY) {
            return said(false, outcome == null ? Presence.ONLY_A_RESTART : "the agent is taken off (" + outcome + "), but " + Presence.ONLY_A_RESTART);
        }
        return said(true, outcome == null ? "kevent is not attached: there is nothing to take off" : "kevent is taken off: " + outcome);
    }

    private static Reply said(boolean done, String sentence) {
        return new Reply(Lifecycle.version(), done, sentence, JsonNull.INSTANCE);
    }
}
