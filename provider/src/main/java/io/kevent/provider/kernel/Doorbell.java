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

    /**
     * The engine has told of the bell: tells whether somebody rang it who does not know of this object, as other code may that has the bell's descriptor.
     * Such a ring is told once.
     *
     * @param fd a descriptor that the engine has told and nobody registered
     * @return whether it is this bell's, and was rung behind our back
     */
    default boolean wasRungByOthers(int fd) {
        return false;
    }

    @Override
    void close() throws IOException;
}
