// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.util.List;
import javax.management.ConstructorParameters;

/**
 * An open selector at one moment.
 *
 * @param id a number that no other selector of this JVM has or had
 * @param kind {@code kevent} if kevent opened it, {@code adopted} if it is one of the JDK's that runs on kevent's core
 * @param name the selector's {@code toString()}
 * @param openedMillis when kevent opened or adopted it, in milliseconds since 1970
 * @param ageMillis how long ago that was, in milliseconds
 * @param counts what it has done since then
 * @param spin whether it spins
 * @param thread the thread that selects or did so last; null if none has, or if it has ended
 * @param keyCount how many keys it has
 * @param keys those by channel kind and interest set, the most numerous first
 */
public record SelectorFigures(long id, String kind, String name, long openedMillis, long ageMillis, SelectorCounts counts, SpinFigures spin,
        ThreadFigures thread, int keyCount, List<KeyFigures> keys) {

    /**
     * Makes figures.
     *
     * @param id the selector's number
     * @param kind its kind
     * @param name its name
     * @param openedMillis when it was opened
     * @param ageMillis its age
     * @param counts its counts
     * @param spin its spins
     * @param thread its thread, or null
     * @param keyCount how many keys it has
     * @param keys its keys
     */
    @ConstructorParameters({"id", "kind", "name", "openedMillis", "ageMillis", "counts", "spin", "thread", "keyCount", "keys"})
    public SelectorFigures {
        keys = List.copyOf(keys);
    }

    // JMX learned to see records in JDK 21; before, it sees these

    /** {@return the selector's number} */
    public long getId() {
        return id;
    }

    /** {@return the selector's kind} */
    public String getKind() {
        return kind;
    }

    /** {@return the selector's name} */
    public String getName() {
        return name;
    }

    /** {@return when the selector was opened, in milliseconds since 1970} */
    public long getOpenedMillis() {
        return openedMillis;
    }

    /** {@return the selector's age in milliseconds} */
    public long getAgeMillis() {
        return ageMillis;
    }

    /** {@return what the selector has done} */
    public SelectorCounts getCounts() {
        return counts;
    }

    /** {@return whether the selector spins} */
    public SpinFigures getSpin() {
        return spin;
    }

    /** {@return the thread that selects, or null} */
    public ThreadFigures getThread() {
        return thread;
    }

    /** {@return how many keys the selector has} */
    public int getKeyCount() {
        return keyCount;
    }

    /** {@return the selector's keys by kind} */
    public List<KeyFigures> getKeys() {
        return keys;
    }
}
