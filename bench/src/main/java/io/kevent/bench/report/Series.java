// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.util.List;

/**
 * One figure of one subject in one scenario.
 *
 * @param scenario what was done
 * @param subject who did it
 * @param metric what was measured
 * @param unit its unit
 * @param values one for each round, in their order
 * @param summary of the values
 * @param toJdk the ratios to the JDK's selector, round by round; null if there is nothing to compare with
 */
public record Series(String scenario, Subject subject, Metric metric, String unit, List<Double> values, Summary summary, Summary toJdk) { }
