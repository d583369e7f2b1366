// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import java.util.List;

/** One question, such as what a wakeup costs, put to several subjects in several scenarios. */
public interface Measurement {

    /**
     * How the command line calls it.
     *
     * @return one word
     */
    String name();

    /**
     * How the report calls it.
     *
     * @return a title
     */
    String title();

    /**
     * What is done, and how to read it.
     *
     * @return a sentence or two
     */
    String about();

    /**
     * What times, calls and bytes are divided by.
     *
     * @return such as {@code event} or {@code request}
     */
    String per();

    /**
     * What is to be run.
     *
     * @param setting how much of it, and for which subjects
     * @return the blocks, in order
     */
    List<Block> blocks(Setting setting);
}
