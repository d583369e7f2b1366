// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

/** The calls of the seam that enter the kernel. */
public enum Call {
    OPEN_ENGINE, OPEN_DOORBELL, ADD, MODIFY, REMOVE,
    /** A collection that does not wait. */
    COLLECT,
    /** A collection that may wait. */
    WAIT,
    PROBE, RING,
    /** The close of an engine. */
    CLOSE
}
