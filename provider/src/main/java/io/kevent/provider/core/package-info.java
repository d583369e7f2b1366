// SPDX-License-Identifier: Apache-2.0
/**
 * What happens to a source of events between the kernel and its owner, once for every kind of owner: take changes, keep the kernel's registration as it
 * must be, collect, decide what is really ready, apply one-shot and dispatch.
 *
 * <p>A {@link io.kevent.provider.core.Knote} is one source. Its owner changes its interest from any thread; the change goes through the
 * {@link io.kevent.provider.core.ChangeList} to the {@link io.kevent.provider.core.Collector}, which one thread at a time runs. How a knote stands in the
 * kernel is its {@link io.kevent.provider.core.Arming}: one class for each way.
 *
 * <p><b>Memory order.</b> The interest of a knote is one word that any thread changes by compare-and-set. Whoever sets its queued bit pushes the knote on
 * the change list (a release); the collector empties the list (an acquire) and so sees all that the changing thread did before. All other fields of a
 * knote belong to the thread that runs the collector, which holds the owner's lock: no further ordering is needed for them.
 */
package io.kevent.provider.core;
