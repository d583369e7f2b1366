// SPDX-License-Identifier: Apache-2.0
/** The bench: its command line, its measurements and its targets. */
package io.kevent.bench;
