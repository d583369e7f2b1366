// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

import java.util.Arrays;

/** The same figure from several rounds, sorted. */
record Figures(double[] sorted) {
    static Figures of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Figures(sorted);
    }

    double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return sorted[0];
    }

    double most() {
        return sorted[sorted.length - 1];
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
        return (most() - least()) / median();
    }

    /** For ratios: the part of the rounds that lie on the same side of one as the median does. */
    double agreement() {
        boolean more = median() > 1;
        return (double) Arrays.stream(sorted).filter(ratio -> ratio > 1 == more).count() / sorted.length;
    }
}
