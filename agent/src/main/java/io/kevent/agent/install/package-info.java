// SPDX-License-Identifier: Apache-2.0
/**
 * Installs kevent in this JVM and takes it off again. {@link io.kevent.agent.install.Installation} is the whole; the others do a part of it each.
 */
package io.kevent.agent.install;
