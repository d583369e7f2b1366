// SPDX-License-Identifier: Apache-2.0
/**
 * {@code java.nio}'s view of the core: a selector whose one selecting thread fills key sets. Behaves as the JDK's selectors do, by specification and by
 * habit; what is the JDK's habit only is said where it is followed.
 */
package io.kevent.provider.selector;
