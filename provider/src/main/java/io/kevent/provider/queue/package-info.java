// SPDX-License-Identifier: Apache-2.0
/**
 * Which thread gets which event. A {@link io.kevent.provider.queue.QueueKnote} that has something to tell stands in a
 * {@link io.kevent.provider.queue.ReadyRing}; the {@link io.kevent.provider.queue.Dispatcher} hands it to a thread, and has one of those that wait watch the
 * kernel by the core's collector. What the knotes are about is for {@code io.kevent.provider.filter}.
 *
 * <p><b>Locks.</b> One lock, the dispatcher's, guards all of it; it is held for some hundred nanoseconds, never while a thread waits or the program's code
 * runs. Two things are done without it, since a thread does them for each event: to begin and to end the handling of one
 * ({@link io.kevent.provider.queue.Handling}). The lock of a channel or a key may be held when the dispatcher's is taken, not the other way round.
 */
package io.kevent.provider.queue;
