// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteTable;
import java.nio.channels.SelectionKey;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;

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
        Knote knote = (Knote) o;
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
    public boolean removeIf(Predicate<? super SelectionKey> filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeAll(Collection<?> c) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean retainAll(Collection<?> c) {
        throw new UnsupportedOperationException();
    }

    /** Of no known size, which may change while it is used. */
    @Override
    public Spliterator<SelectionKey> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.CONCURRENT | Spliterator.DISTINCT | Spliterator.NONNULL);
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
                return (KeventSelectionKey) knotes.next();
            }
        };
    }
}
