// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

/**
 * The layout of a knote's reading word: what is known of the application's reads from its channel, if somebody sees them. Zero if nobody does.
 *
 * <table>
 * <caption>Bits</caption>
 * <tr><th>bits</th><th>meaning</th><th>set by</th><th>cleared by</th></tr>
 * <tr><td>0-3</td><td>how many reads are under way; full for ever once they could not be counted</td><td>readers</td><td>readers</td></tr>
 * <tr><td>4</td><td>overtaken: the kernel has told the knote while a read was under way, which may have emptied the channel before or after that</td>
 * <td>collector</td><td>the last of these readers</td></tr>
 * <tr><td>5</td><td>read: a read has ended since the kernel told the knote last</td><td>readers</td><td>collector</td></tr>
 * <tr><td>6</td><td>emptied: a read that began since then has emptied the channel; whatever arrives later the kernel tells anew</td><td>readers</td>
 * <td>collector</td></tr>
 * <tr><td>7-31</td><td>taken: the low bits of the number of the {@linkplain Looks look} that had begun last when a read ended that took something</td>
 * <td>readers</td><td>never</td></tr>
 * </table>
 */
final class Reading {
    private static final int UNDER_WAY = 0xf;
    private static final int OVERTAKEN = 1 << 4;
    private static final int READ = 1 << 5;
    private static final int EMPTIED = 1 << 6;

    private static final int TAKEN_SHIFT = 7;
    private static final int FLAGS = (1 << TAKEN_SHIFT) - 1;

    /** Of the numbers that fit, which wrap, half stand for the looks before a given one. */
    private static final int LOOKS = 1 << Integer.SIZE - TAKEN_SHIFT - 1;

    private Reading() { }

    /** The word after a read has begun. */
    static int begun(int word) {
        return isUncounted(word) ? word : word + 1;
    }

    /**
     * The word after a read has ended.
     *
     * @param word the word before
     * @param took whether something that was there may be gone by it
     * @param emptied whether nothing was left
     * @param look the number of the look that had begun last, asked for after the read
     */
    static int ended(int word, boolean took, boolean emptied, int look) {
        if (isUncounted(word)) {
            return word;
        }
        int flags = word - 1 & FLAGS | READ;
        if (emptied && !Interest.has(word, OVERTAKEN)) {
            flags |= EMPTIED;
        }
        if ((flags & UNDER_WAY) == 0) {
            flags &= ~OVERTAKEN;
        }
        return (took ? look << TAKEN_SHIFT : word & ~FLAGS) | flags;
    }

    /** The word after the kernel has told the knote, or may have: what was known of reads until now is known no more. */
    static int told(int word) {
        return word & ~(READ | EMPTIED) | (isUnderWay(word) ? OVERTAKEN : 0);
    }

    /** Whether a read has ended since the kernel told last. */
    static boolean isRead(int word) {
        return Interest.has(word, READ);
    }

    /** Whether the channel has been empty since the kernel told last. */
    static boolean isEmptied(int word) {
        return Interest.has(word, EMPTIED);
    }

    /**
     * Whether no read is under way, and the last one that took something had ended when a look began. False as well if that was so long ago that it cannot
     * be told.
     *
     * @param word the word
     * @param look the number of that look
     * @param now the number of the latest one
     */
    static boolean tookBefore(int word, int look, int now) {
        int ago = (look << TAKEN_SHIFT) - (word & ~FLAGS) >>> TAKEN_SHIFT;
        return !isUnderWay(word) && ago > 0 && ago < LOOKS && Integer.compareUnsigned(now - look, LOOKS) < 0;
    }

    private static boolean isUnderWay(int word) {
        return (word & UNDER_WAY) != 0;
    }

    private static boolean isUncounted(int word) {
        return (word & UNDER_WAY) == UNDER_WAY;
    }
}
