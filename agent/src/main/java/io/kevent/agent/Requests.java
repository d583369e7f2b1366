// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import com.google.gson.JsonNull;
import io.kevent.agent.install.AgentOptions;
import io.kevent.agent.protocol.Presence;
import io.kevent.agent.protocol.Presence.How;
import io.kevent.agent.protocol.Reply;
import io.kevent.agent.protocol.Request;
import io.kevent.provider.figures.KeventLog;
import java.lang.instrument.Instrumentation;

/** Does what was asked of an agent that was loaded into a running JVM, and replies. */
final class Requests {
    private static final Replies REPLIES = new Replies();
    private static final String NOT_ATTACHED = "kevent could not be attached: ";

    private Requests() { }

    /** Never throws: the JVM would print a page about it, and no one who waits for the reply would see it. */
    static void answer(String text, Instrumentation instrumentation) {
        try {
            Request request = Request.parse(text);
            Reply reply = reply(request, instrumentation);
            if (request.kind() == Request.Kind.WATCH && reply.done()) {
                REPLIES.watch(request.id(), () -> reply(request, instrumentation).toJson(), request.interval(), request.lease());
            } else if (request.id() != null) {
                REPLIES.post(request.id(), reply.toJson(), request.limit());
            }
        } catch (Throwable t) {
            KeventLog.log(System.Logger.Level.WARNING, "The kevent agent could not answer " + text + ".", t);
        }
    }

    private static Reply reply(Request request, Instrumentation instrumentation) {
        try {
            return switch (request.kind()) {
                case ATTACH -> attach(request, instrumentation);
                case DETACH -> detach();
                case STATUS, WATCH -> new Reply(Lifecycle.version(), true, "", Reply.tree(Lifecycle.status()));
            };
        } catch (Throwable t) {
            String what = request.kind() == Request.Kind.ATTACH ? "attached" : request.kind() == Request.Kind.DETACH ? "taken off wholly" : "looked at";
            return refused(request, AgentOptions.parse(null), "kevent could not be " + what + ": " + Reason.of(t));
        }
    }

    private static Reply attach(Request request, Instrumentation instrumentation) {
        AgentOptions options;
        try {
            options = AgentOptions.parse(request.argument());
        } catch (IllegalArgumentException e) {
            return refused(request, AgentOptions.parse(null), NOT_ATTACHED + e.getMessage());
        }
        AgentOptions present = Lifecycle.options();
        if (present == null) {
            return install(options, instrumentation);
        }
        if (Lifecycle.presence().how() == How.DETACHING) {
            return refused(request, options, Lifecycle.installed() + ": detach again to finish that, then attach");
        }
        String already = Lifecycle.installed() + " already";
        // who names no options wants kevent, however it is set
        return request.argument().isBlank() || present.toString().equals(options.toString())
                ? said(true, already)
                : refused(request, options, already + ": detach it to attach it with other options");
    }

    /** Why it fails stands in the log as well: a reply has no room for a stack, and not everybody sees it. */
    private static Reply install(AgentOptions options, Instrumentation instrumentation) {
        try {
            Lifecycle.install(How.ATTACHED, options, instrumentation);
            return said(true, Lifecycle.installed());
        } catch (Throwable t) {
            String sentence = NOT_ATTACHED + Reason.of(t);
            new AgentLog(options).warn(sentence + Lifecycle.afterFailure(), t);
            return said(false, sentence);
        }
    }

    /** Stands in the log where nobody waits for the reply. */
    private static Reply refused(Request request, AgentOptions options, String sentence) {
        if (request.id() == null) {
            new AgentLog(options).warn(sentence + Lifecycle.afterFailure(), null);
        }
        return said(false, sentence);
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
