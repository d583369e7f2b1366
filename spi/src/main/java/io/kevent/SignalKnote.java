// SPDX-License-Identifier: Apache-2.0
package io.kevent;

/**
 * A {@link Knote} that watches a signal. Its event tells in {@link EventBatch#data()} how often the signal was sent since the event before, as far as the
 * kernel tells: it may merge those that come faster than they are handled.
 */
public interface SignalKnote extends Knote {

    /**
     * The signal.
     *
     * @return its name without {@code SIG}, such as {@code HUP}
     */
    String signal();
}
