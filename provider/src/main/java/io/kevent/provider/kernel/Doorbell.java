// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.Closeable;
import java.io.IOException;

/** Ends a blocking {@link Engine#collect} from another thread. The bell's descriptor is none that anybody registered. */
public interface Doorbell extends Closeable {

    /**
     * Ends the collection that is under way, or the next one if none is. Any thread may call it, but not while or after the bell is closed.
     *
     * @throws IOException if the kernel refuses
     */
    void ring() throws IOException;

    @Override
    void close() throws IOException;
}
