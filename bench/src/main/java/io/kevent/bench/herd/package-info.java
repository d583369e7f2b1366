// SPDX-License-Identifier: Apache-2.0
/** Many threads on one listener: how many of them a connection wakes. */
package io.kevent.bench.herd;
