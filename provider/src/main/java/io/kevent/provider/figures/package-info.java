// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator sees of the open selectors: figures on demand, by JMX and as events of Flight Recorder, and what kevent says in the log, such
 * as that a selector spins. Knows the core, whose tallies it reads, and is told of each select by whoever runs the core for a selector.
 * {@code java.management} and {@code jdk.jfr} may be missing.
 */
package io.kevent.provider.figures;
