// SPDX-License-Identifier: Apache-2.0
package io.kevent;

import java.io.IOException;

/**
 * What opens queues, found by {@link java.util.ServiceLoader}: implemented by kevent's provider jar. A program has no need of it and calls
 * {@link KeventQueue#open()}.
 */
public interface KeventQueueProvider {

    /**
     * Opens a queue.
     *
     * @param options how it is to behave
     * @return the queue
     * @throws IOException if the process has no descriptor or memory left
     * @throws IllegalStateException if kevent cannot run here; the message says why and what to do
     */
    KeventQueue open(QueueOptions options) throws IOException;
}
