// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteTable;
import java.nio.channels.SelectionKey;
import java.util.AbstractSet;
import java.util.Iterator;

/** The key set: an unmodifiable view of the knotes of a selector, safe to iterate while other threads register and deregister. */
final class KeySet extends AbstractSet<SelectionKey> {
    private final KnoteTable table;

    KeySet(KnoteTable table) {
        this.table = table;
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public boolean contains(Object o) {
        if (!(o instanceof KeventSelectionKey)) {
            return false;
        }
        Knote knote = ((KeventSelectionKey) o).knote();
        return table.get(knote.fd()) == knote;
    }

    @Override
    public boolean remove(Object o) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeIf(java.util.function.Predicate<? super SelectionKey> filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeAll(java.util.Collection<?> c) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean retainAll(java.util.Collection<?> c) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterator<SelectionKey> iterator() {
        Iterator<Knote> knotes = table.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return knotes.hasNext();
            }

            @Override
            public SelectionKey next() {
                return ((KeyKnote) knotes.next()).key();
            }
        };
    }
}
