// SPDX-License-Identifier: Apache-2.0
/** A house in which everything is wrong that {@link io.kevent.provider.ArchitectureTest} forbids: shows that its rules notice. */
package io.kevent.provider.architecture.core;
