// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.Closeable;
import java.io.IOException;

/**
 * A set of descriptors that the kernel watches, and the collection of those that are ready. Duties of an implementation:
 * <ul>
 * <li>A registration tells the current readiness as if it had just come about: after {@link #add} and after {@link #modify} the next collection reports
 * what is ready at that time, {@link Events#EDGE} or not.
 * <li>{@link Events#ERR} and {@link Events#HUP} are reported for each registered descriptor, asked for or not.
 * <li>A method that throws has changed nothing.
 * <li>A descriptor that native code closed behind our back is never ready, and no error: one broken channel must not keep all others from being served.
 * <li>One thread at a time uses an engine, {@link #fd()} excepted. But while one thread is inside {@link #collect}, another may add, modify and remove;
 * what it adds may be told by the collection that is under way.
 * </ul>
 */
public interface Engine extends Closeable {

    /**
     * The engine's own descriptor, which another engine may watch: it is readable as long as there is something to collect.
     *
     * @return the descriptor
     */
    int fd();

    /**
     * Starts to watch a descriptor.
     *
     * @param fd a descriptor that is not watched yet
     * @param events {@link Events} to watch for, and in which manner
     * @throws IOException if the kernel refuses, for example because its limit of watches is reached
     */
    void add(int fd, int events) throws IOException;

    /**
     * Changes what a descriptor is watched for.
     *
     * @param fd a watched descriptor, not {@link Events#EXCLUSIVE}
     * @param events what to watch for from now on, and in which manner
     * @throws IOException if the kernel refuses
     */
    void modify(int fd, int events) throws IOException;

    /**
     * Stops watching a descriptor. That it is not watched is no error.
     *
     * @param fd a descriptor
     * @throws IOException if the kernel refuses
     */
    void remove(int fd) throws IOException;

    /**
     * Waits for events and fetches a batch of them, to be read by {@link #readyFd} and {@link #readyEvents} until the next call. May come back with nothing
     * before the time is up, for example because of a signal. A virtual thread that waits parks.
     *
     * @param timeoutMillis how long to wait: 0 not at all, negative without a bound
     * @return how many descriptors are in the batch
     * @throws IOException if the kernel refuses
     */
    int collect(int timeoutMillis) throws IOException;

    /**
     * How much a batch can hold.
     *
     * @return the most that {@link #collect} returns
     */
    int capacity();

    /**
     * A descriptor of the batch.
     *
     * @param index from 0 to what {@link #collect} returned, exclusively
     * @return the descriptor
     */
    int readyFd(int index);

    /**
     * What is ready on a descriptor of the batch.
     *
     * @param index from 0 to what {@link #collect} returned, exclusively
     * @return {@link Events}
     */
    int readyEvents(int index);

    @Override
    void close() throws IOException;
}
