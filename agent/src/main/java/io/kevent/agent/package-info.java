// SPDX-License-Identifier: Apache-2.0
/**
 * Puts kevent under a program that knows nothing of it. {@link io.kevent.agent.KeventAgent} is what the JVM starts;
 * {@link io.kevent.agent.install.Installation} does the work and undoes it; {@link io.kevent.agent.Lifecycle} sees to it that there is one at most, and
 * {@link io.kevent.agent.Requests} answers the command line.
 */
package io.kevent.agent;
