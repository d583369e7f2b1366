// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

/** A piece of work that is done again and again. Opened once per JVM. */
public interface Workload {

    /**
     * Prepares everything.
     *
     * @throws Exception if that fails
     */
    void open() throws Exception;

    /**
     * Prepares one piece of work, outside of what is measured.
     *
     * @throws Exception if that fails
     */
    default void prepare() throws Exception { }

    /**
     * Does one piece of work.
     *
     * @return a number that depends on it, so that none of it can be left out; no object, which would be counted as allocated
     * @throws Exception if that fails
     */
    long work() throws Exception;

    /**
     * Ends everything.
     *
     * @throws Exception if that fails
     */
    void close() throws Exception;
}
