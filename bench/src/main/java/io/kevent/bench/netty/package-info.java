// SPDX-License-Identifier: Apache-2.0
/** What several measurements need of Netty. */
package io.kevent.bench.netty;
