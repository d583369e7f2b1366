// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;

/**
 * The seam between the core and the operating system: what an engine of another kind (io_uring, a simulation for tests) has to bring. What it opens
 * belongs to the caller, who closes it.
 */
public interface Kernel {

    /**
     * Opens an engine.
     *
     * @return an engine that watches nothing yet
     * @throws IOException if the process has no descriptor or memory left for it
     */
    Engine openEngine() throws IOException;

    /**
     * Opens an engine that fetches so much at once and not more, if the kind of engine has a choice.
     *
     * @param capacity how much a batch is to hold
     * @return an engine that watches nothing yet
     * @throws IOException if the process has no descriptor or memory left for it
     */
    default Engine openEngine(int capacity) throws IOException {
        return openEngine();
    }

    /**
     * Opens a doorbell and has the engine watch it.
     *
     * @param engine the engine whose {@link Engine#collect} the bell ends
     * @return the bell
     * @throws IOException if the process has no descriptor or memory left for it
     */
    Doorbell openDoorbell(Engine engine) throws IOException;

    /**
     * Opens a probe.
     *
     * @return a probe without questions
     */
    Probe openProbe();
}
