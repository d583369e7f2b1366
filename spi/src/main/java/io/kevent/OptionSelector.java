// SPDX-License-Identifier: Apache-2.0
package io.kevent;

/**
 * Marks a {@link java.nio.channels.Selector} whose keys accept the options of {@link KeventOps} in their interest sets. Implemented by the selectors
 * of kevent; a program has no need to implement it, and asks {@link KeventOps#supportedBy} rather than this type.
 */
public interface OptionSelector {
}
