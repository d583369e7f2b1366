// SPDX-License-Identifier: Apache-2.0
/** The benchmark that the idea of kevent was first measured with: pairs of sockets, one thread writes, one reads by events. */
package io.kevent.bench.seed;
