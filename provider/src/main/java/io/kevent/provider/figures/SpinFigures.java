// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import javax.management.ConstructorParameters;

/**
 * Whether a selector spins: selects that were allowed to wait come back at once, again and again, and nothing comes of them.
 *
 * @param count how often a spin was noticed since the selector was opened
 * @param run how many such selects have now come one after the other; 0 if the last one was in order. Where a channel stays at the
 *     end of its stream they are counted by the thousand
 * @param cause what caused the spin that was noticed last, the key and the state of its channel named; null if none was noticed
 */
public record SpinFigures(long count, int run, String cause) {

    /**
     * Makes figures.
     *
     * @param count how many spins were noticed
     * @param run the length of the present run
     * @param cause the cause of the last spin
     */
    @ConstructorParameters({"count", "run", "cause"})
    public SpinFigures { }

    // JMX learned to see records in JDK 21; before, it sees these

    /** {@return how many spins were noticed} */
    public long getCount() {
        return count;
    }

    /** {@return the length of the present run} */
    public int getRun() {
        return run;
    }

    /** {@return the cause of the last spin, null if there was none} */
    public String getCause() {
        return cause;
    }
}
