// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import javax.management.ConstructorParameters;

/**
 * The keys of a selector that are alike.
 *
 * @param channel the kind of their channels: {@code tcp}, {@code unix}, {@code tcp-listener}, {@code unix-listener}, {@code datagram}, {@code pipe}
 *     or {@code other}; {@code closed} where the channel is closed and the selector has not let go of it yet
 * @param interest their interest set spelled out, options included, for example {@code OP_READ | OP_EDGE}; {@code 0} if it is empty
 * @param count how many they are
 */
public record KeyFigures(String channel, String interest, int count) {

    /**
     * Makes figures.
     *
     * @param channel the kind of the channels
     * @param interest their interest set
     * @param count how many
     */
    @ConstructorParameters({"channel", "interest", "count"})
    public KeyFigures { }

    // JMX learned to see records in JDK 21; before, it sees these

    /** {@return the kind of the channels} */
    public String getChannel() {
        return channel;
    }

    /** {@return the interest set} */
    public String getInterest() {
        return interest;
    }

    /** {@return how many keys} */
    public int getCount() {
        return count;
    }
}
