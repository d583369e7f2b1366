// SPDX-License-Identifier: Apache-2.0
/**
 * What the JDK's changed method bodies call. The one class here is defined a second time, under a name of {@code sun.nio.ch} and by the boot loader, since
 * those bodies can see nothing else.
 */
package io.kevent.agent.hook;
