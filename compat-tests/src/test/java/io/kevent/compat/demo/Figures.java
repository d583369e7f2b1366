// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

import java.util.Arrays;

/** The same figure from several rounds. */
record Figures(double median, double least, double most) {
    static Figures of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figures(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Round by round, so that what else the machine does in the meantime weighs on both alike. */
    static Figures ratios(double[] left, double[] right) {
        double[] ratios = new double[left.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = left[i] / right[i];
        }
        return of(ratios);
    }

    /** How far apart the rounds lie, as a part of the median. */
    double spread() {
        return (most - least) / median;
    }

    /** Whether all rounds lie on the same side of one. */
    boolean isUnanimous() {
        return least > 1 || most < 1;
    }
}
