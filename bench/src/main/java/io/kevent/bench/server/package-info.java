// SPDX-License-Identifier: Apache-2.0
/** The whole: servers that people run, each in a JVM of its own, under the load of wrk. */
package io.kevent.bench.server;
