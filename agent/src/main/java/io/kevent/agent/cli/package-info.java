// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: {@code java -jar kevent-agent.jar attach|detach|status|list}. {@link io.kevent.agent.cli.Main} is where it starts; there is a class for
 * each command, and {@link io.kevent.agent.cli.RemoteJvm} is the JVM that it is about. Nothing of this package is ever loaded into that JVM.
 */
package io.kevent.agent.cli;
