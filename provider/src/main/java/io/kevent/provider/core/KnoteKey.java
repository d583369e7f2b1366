// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

/** A key of a channel that leads to a knote: whoever sees the channel's keys can tell the knote what it learned, and have it looked at. */
public interface KnoteKey {

    /**
     * The knote.
     *
     * @return the knote; null if there is none yet
     */
    Knote knote();

    /** What the kernel has told another one, of those that wake one, may be ready here. Any thread. */
    void lookAgain();
}
