// SPDX-License-Identifier: Apache-2.0
/**
 * Puts kevent under a program that knows nothing of it. {@link io.kevent.agent.KeventAgent} is what the JVM starts;
 * {@link io.kevent.agent.Installation} does the work and undoes it.
 */
package io.kevent.agent;
