// SPDX-License-Identifier: Apache-2.0
/**
 * The JDK's own selectors, served by the kevent core while they stay the objects that the application holds: the same selector, the same keys, the same
 * descriptors and registrations. {@link io.kevent.provider.adoption.Adoption} is what an agent has the JDK's methods call.
 */
package io.kevent.provider.adoption;
