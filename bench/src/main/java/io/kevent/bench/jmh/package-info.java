// SPDX-License-Identifier: Apache-2.0
/** The parts: workloads timed by JMH, in forks that take turns, and counted in JVMs without it. */
package io.kevent.bench.jmh;
