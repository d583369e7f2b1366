// SPDX-License-Identifier: Apache-2.0
/** The examples of {@code docs/queue.md}, whole. Each stops by itself. */
package io.kevent.examples.guide;
