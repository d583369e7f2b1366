// SPDX-License-Identifier: Apache-2.0
/**
 * What the command line and the agent in another JVM say to each other. The attach API carries a request into the JVM and nothing back but a number, so
 * the answer stands in a system property, which the attach API can read: that leaves no file, no socket and no port, and works wherever attaching works.
 */
package io.kevent.agent.protocol;
