// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.protocol;

import java.util.List;

/**
 * What {@code status --json} prints.
 *
 * @param pid of the JVM, as it sees itself (in a container another than outside)
 * @param time when the figures were taken, in ISO 8601
 * @param javaVersion of the JVM
 * @param kevent a {@link Presence.How} as text: no, start, attached, property, detaching, detached
 * @param version of kevent; null if it is not in the JVM
 * @param since when it was installed or taken off, in ISO 8601; null if that is not known
 * @param options the agent's; null where the agent is not installed
 * @param engine what collects the events; null where kevent is not in the JVM
 * @param notes what an operator should know, a sentence each; normally none
 * @param selectors the open selectors that run on kevent's core
 */
public record Status(long pid, String time, String javaVersion, String kevent, String version, String since, String options, String engine,
        List<String> notes, List<?> selectors) {
}
