// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

/** Is told how the rounds go on. */
public interface Watcher {

    /**
     * A step begins.
     *
     * @param what which trial, and which of its rounds
     * @param seconds how long it will take, about
     */
    void begins(String what, double seconds);

    /**
     * A step is over.
     *
     * @param what which trial, and which of its rounds
     * @param sample what it came to
     */
    void ends(String what, Sample sample);

    /**
     * A step is measured once more, since the host took time away.
     *
     * @param what which trial, and which of its rounds
     * @param stolen which part of the processors' time
     */
    void again(String what, double stolen);

    /**
     * A step failed.
     *
     * @param what which trial, and which of its rounds
     * @param why what went wrong, in a line
     */
    void failed(String what, String why);
}
