// SPDX-License-Identifier: Apache-2.0
/** A thread pool behind one source of events: an echo server, built in each of the ways there are. */
package io.kevent.bench.pool;
