// SPDX-License-Identifier: Apache-2.0
/**
 * The kinds of sources that a queue has events of, one file each: what registering one means, what its event tells, how what happens is merged until it is
 * delivered. kqueue calls them filters. Those that the kernel watches stand on {@link io.kevent.provider.filter.WatchedKnote}, those that consist of
 * occurrences on {@link io.kevent.provider.filter.OccurrenceKnote}; what all have in common is in {@code io.kevent.provider.queue}.
 */
package io.kevent.provider.filter;
