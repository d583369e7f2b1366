// SPDX-License-Identifier: Apache-2.0
package io.kevent;

/**
 * A {@link Knote} that waits for the end of a process. There is one event, which tells the exit status in {@link EventBatch#data()}, or
 * {@link #UNKNOWN_STATUS} if the process was given as a {@link ProcessHandle}: the JDK does not tell it then.
 */
public interface ProcessKnote extends Knote {
    /** The status of a process of which only the handle is known. */
    long UNKNOWN_STATUS = -1;

    /**
     * The process.
     *
     * @return its handle
     */
    ProcessHandle process();
}
