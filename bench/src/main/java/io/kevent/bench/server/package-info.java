// SPDX-License-Identifier: Apache-2.0
/** The whole: servers that people run, each in a JVM of its own, or on both selectors in one JVM, under the load of wrk. */
package io.kevent.bench.server;
