// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

/**
 * How a target came out.
 *
 * @param what the target in words
 * @param subject whose figure it is
 * @param aim what was aimed at
 * @param reached what was measured: a factor, a ratio or a value, as the aim has it; null if nothing was
 * @param least the least of the rounds, as measured; null if nothing was
 * @param most the most of them
 * @param figure the figure that was compared, the median of its rounds; null if it is what was measured itself, or nothing was
 * @param reference what it was compared with, likewise
 * @param limit what the limit comes to in the same scenario; null if the measurement has none
 * @param ofLimit how much of the limit is reached: 1 if nothing better can be had; null if there is none
 * @param where in which scenario, the worst of several
 * @param met whether the target is met; null if nothing was measured
 * @param reachable whether the limit meets it; null if there is none
 * @param perhapsReachable whether the limit meets it in the better quarter of its rounds at least; null if there is none
 */
public record Verdict(String what, String subject, String aim, Double reached, Double least, Double most, Double figure, Double reference, Double limit,
        Double ofLimit, String where, Boolean met, Boolean reachable, Boolean perhapsReachable) {
    /**
     * In a word.
     *
     * @return {@code met}, {@code NOT met}, and if so whether the limit misses it as well, or a dash
     */
    public String word() {
        return met == null ? "-" : met ? "met" : "NOT met" + (missedByLimitToo() ? ", nor by its limit" : missedPerhapsByLimitToo() ? "; limit unclear" : "");
    }

    /**
     * Whether the target is missed and would be if the selector cost nothing, or no more than nobody can save. Some limits are reckoned and leave out what
     * follows from saved calls, so that they can be beaten.
     *
     * @return true if it is missed, and by the limit as well
     */
    public boolean missedByLimitToo() {
        return Boolean.FALSE.equals(met) && Boolean.FALSE.equals(perhapsReachable);
    }

    /**
     * Whether it cannot be told if the limit misses it as well: it does in most of its rounds, and not in a quarter of them.
     *
     * @return true if it is missed, and by the limit perhaps
     */
    public boolean missedPerhapsByLimitToo() {
        return Boolean.FALSE.equals(met) && Boolean.FALSE.equals(reachable) && Boolean.TRUE.equals(perhapsReachable);
    }

    /**
     * Whether the target is missed and need not be.
     *
     * @return true if it is missed, though its limit meets it or it has none
     */
    public boolean fallsShort() {
        return Boolean.FALSE.equals(met) && !Boolean.FALSE.equals(reachable);
    }
}
