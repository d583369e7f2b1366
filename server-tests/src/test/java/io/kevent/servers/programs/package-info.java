// SPDX-License-Identifier: Apache-2.0
/**
 * Servers and clients of other projects, each a {@link io.kevent.servers.programs.Program} that {@link io.kevent.servers.programs.ProgramMain} runs
 * in a JVM of its own. Nothing here knows of kevent.
 */
package io.kevent.servers.programs;
