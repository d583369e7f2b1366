// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.Closeable;
import java.io.IOException;

/**
 * Asks the kernel in one call what is ready, now, on several descriptors. Questions are put at indexes from 0 without gaps; one thread at a time uses a
 * probe.
 */
public interface Probe extends Closeable {

    /**
     * Puts a question.
     *
     * @param index the question's place, at most one past those put already
     * @param fd the descriptor
     * @param events {@link Events} to ask for
     */
    void ask(int index, int fd, int events);

    /**
     * Has the first questions answered, without waiting.
     *
     * @param count how many
     * @throws IOException if the kernel refuses
     */
    void run(int count) throws IOException;

    /**
     * The answer to a question.
     *
     * @param index the question's place
     * @return what is ready of what was asked for, {@link Events#ERR}, {@link Events#HUP} and {@link Events#NVAL} in any case
     */
    int answer(int index);

    @Override
    void close();
}
