// SPDX-License-Identifier: Apache-2.0
package io.kevent;

import java.nio.channels.SelectableChannel;

/** A {@link Knote} that watches a channel. */
public interface ChannelKnote extends Knote {

    /**
     * The channel. Closing it deletes the knote.
     *
     * @return the channel
     */
    SelectableChannel channel();
}
