// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers in a few characters, for people. */
final class Units {
    private static final String[] THOUSANDS = {"", "k", "M", "G", "T", "P", "E"};

    private Units() { }

    /** Four digits at most, as in {@code 950}, {@code 12.3k}, {@code 4.56M}. */
    static String count(long number) {
        if (Math.abs(number) < 10_000) {
            return Long.toString(number);
        }
        double scaled = number;
        int unit = 0;
        while (Math.abs(scaled) >= 999.5) {
            scaled /= 1000;
            unit++;
        }
        int decimals = Math.abs(scaled) < 9.995 ? 2 : Math.abs(scaled) < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f%s", scaled, THOUSANDS[unit]);
    }

    /** The largest unit that fits, and the next one. */
    static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d" + age.toHoursPart() + "h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h" + age.toMinutesPart() + "m";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" + age.toSecondsPart() + "s" : age.toSeconds() + "s";
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    static String percent(double part, double whole) {
        return whole <= 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", Math.min(100, 100 * part / whole));
    }
}
