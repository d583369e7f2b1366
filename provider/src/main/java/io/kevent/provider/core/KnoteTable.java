// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The knotes of a collector by descriptor. Pages of a sparse array: a lookup is two loads, a knote costs one reference, and a collector of a few knotes
 * with high descriptors stays small.
 *
 * <p>Any thread adds, removes and iterates; the collector looks up. Iteration is weakly consistent: it sees what is there throughout, and may or may not
 * see what comes and goes meanwhile.
 */
public final class KnoteTable implements Iterable<Knote> {
    private static final int PAGE_BITS = 6;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int IN_PAGE = PAGE_SIZE - 1;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Knote[].class);
    private static final VarHandle PAGE = MethodHandles.arrayElementVarHandle(Knote[][].class);

    /** Written under this object's monitor; its elements and theirs likewise, with release, since readers take no lock. */
    private volatile Knote[][] pages = new Knote[0][];

    /** Written under this object's monitor. */
    private volatile int size;

    /** Makes an empty table. */
    public KnoteTable() { }

    /**
     * Adds a knote.
     *
     * @param knote a knote whose descriptor is not in the table
     */
    public synchronized void add(Knote knote) {
        int page = knote.fd() >>> PAGE_BITS;
        Knote[][] all = pages;
        if (page >= all.length) {
            all = Arrays.copyOf(all, Math.max(page + 1, all.length * 3 / 2));
            pages = all;
        }
        if (all[page] == null) {
            PAGE.setRelease(all, page, new Knote[PAGE_SIZE]);
        }
        int slot = knote.fd() & IN_PAGE;
        if (all[page][slot] != null) {
            throw new IllegalStateException("descriptor " + knote.fd() + " of " + knote.channel() + " is in use by " + all[page][slot].channel());
        }
        SLOT.setRelease(all[page], slot, knote);
        size++;
    }

    /**
     * Removes a knote, if it is in the table.
     *
     * @param knote any knote
     */
    public synchronized void remove(Knote knote) {
        int page = knote.fd() >>> PAGE_BITS;
        Knote[][] all = pages;
        int slot = knote.fd() & IN_PAGE;
        if (page < all.length && all[page] != null && all[page][slot] == knote) {
            SLOT.setRelease(all[page], slot, null);
            size--;
        }
    }

    /**
     * Finds the knote of a descriptor.
     *
     * @param fd any descriptor
     * @return the knote, or null if the table has none
     */
    public Knote get(int fd) {
        Knote[][] all = pages;
        int page = fd >>> PAGE_BITS;
        if (page >= all.length) {
            return null;
        }
        Knote[] found = (Knote[]) PAGE.getAcquire(all, page);
        return found == null ? null : (Knote) SLOT.getAcquire(found, fd & IN_PAGE);
    }

    /**
     * Counts.
     *
     * @return how many knotes are in the table
     */
    public int size() {
        return size;
    }

    @Override
    public Iterator<Knote> iterator() {
        return new Iterator<>() {
            private int nextFd;
            private Knote next = advance();

            private Knote advance() {
                for (int end = pages.length << PAGE_BITS; nextFd < end; nextFd++) {
                    Knote knote = get(nextFd);
                    if (knote != null) {
                        nextFd++;
                        return knote;
                    }
                }
                return null;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Knote next() {
                Knote current = next;
                if (current == null) {
                    throw new NoSuchElementException();
                }
                next = advance();
                return current;
            }
        };
    }
}
