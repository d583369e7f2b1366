// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

/** One subject in one scenario, which can be measured again and again. */
public interface Trial {

    /**
     * What is measured.
     *
     * @return the row
     */
    Subject subject();

    /**
     * How long a turn takes, for the time that is announced.
     *
     * @return seconds, about
     */
    double seconds();

    /**
     * How long opening takes, for the time that is announced.
     *
     * @return seconds, about
     */
    default double secondsToOpen() {
        return 0;
    }

    /**
     * Whether something of it lives on between its turns, which must leave the processors to the others then.
     *
     * @return true if opening takes time
     */
    default boolean stays() {
        return secondsToOpen() > 0;
    }

    /** How often it has a turn. */
    enum Repetition {
        /** In the first round: a second one would tell the same. */
        ONCE,
        /** In each round, at its end: it tells the same from turn to turn, and not from JVM to JVM. */
        EACH_ROUND,
        /** As often as the block says: it is a time, which moves with the machine. */
        EACH_TURN
    }

    /**
     * How often it has a turn. What is counted, noise cannot touch.
     *
     * @return how often
     */
    default Repetition repetition() {
        return Repetition.EACH_TURN;
    }

    /**
     * Prepares a round, such as by starting a server.
     *
     * @throws Exception if that fails; the trial is left out then, and the report says why
     */
    default void open() throws Exception { }

    /**
     * Measures one turn.
     *
     * @return what it came to
     * @throws Exception if it fails; the trial is left out from then on, and the report says why
     */
    Sample run() throws Exception;

    /**
     * Ends what {@link #open} began, as far as it came. It may be opened again.
     *
     * @throws Exception if that fails
     */
    default void close() throws Exception { }
}
