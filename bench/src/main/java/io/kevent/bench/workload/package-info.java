// SPDX-License-Identifier: Apache-2.0
/** Small pieces of work, one per class, which JMH times and which are counted in a JVM without it. */
package io.kevent.bench.workload;
