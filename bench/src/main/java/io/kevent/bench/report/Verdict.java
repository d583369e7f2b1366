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
 * @param limit what the limit comes to in the same scenario; null if the measurement has none
 * @param ofLimit how much of the limit is reached: 1 if nothing better can be had; null if there is none
 * @param where in which scenario, the worst of several
 * @param met whether the target is met; null if nothing was measured
 * @param reachable whether the limit meets it; null if there is none
 */
public record Verdict(String what, String subject, String aim, Double reached, Double least, Double most, Double limit, Double ofLimit, String where,
        Boolean met, Boolean reachable) {
    /**
     * In a word.
     *
     * @return {@code met}, {@code NOT met}, {@code NOT met, nor by its limit}, or a dash
     */
    public String word() {
        return met == null ? "-" : met ? "met" : missedByLimitToo() ? "NOT met, nor by its limit" : "NOT met";
    }

    /**
     * Whether the target is missed and would be if the selector cost nothing, or no more than nobody can save. Some limits are reckoned and leave out what
     * follows from saved calls, so that they can be beaten.
     *
     * @return true if it is missed, and by the limit as well
     */
    public boolean missedByLimitToo() {
        return Boolean.FALSE.equals(met) && Boolean.FALSE.equals(reachable);
    }
}
