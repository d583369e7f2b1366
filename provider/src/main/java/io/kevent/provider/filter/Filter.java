// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import java.io.Closeable;
import java.io.IOException;

/** One kind of source in one queue. Its methods for registering differ; what they have in common is how it ends. */
public interface Filter extends Closeable {

    /**
     * Deletes the knotes that something outside the queue leads to, and lets go of what the filter has opened. Called once, when no thread waits in the queue
     * any more and nothing can be registered.
     *
     * @throws IOException if something could not be let go of, after the rest was
     */
    @Override
    void close() throws IOException;
}
