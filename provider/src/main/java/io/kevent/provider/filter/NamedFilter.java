// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.provider.queue.QueueKnote;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A filter of sources that something outside the queue leads to, and that have a name by which they are known again: the same source is the same knote. One
 * that is deleted is known until it is released.
 *
 * @param <K> what names a source
 * @param <S> its knote
 */
abstract class NamedFilter<K, S extends QueueKnote> implements Filter {

    /** Guarded by itself, but for what is taken out by name and value; the dispatcher's lock may be taken inside. */
    final Map<K, S> sources = new ConcurrentHashMap<>();

    /** The knote is over. Does nothing if its name leads to another by now. */
    final void forget(K name, S source) {
        synchronized (sources) {
            sources.remove(name, source);
        }
    }

    @Override
    public final void close() throws IOException {
        List<S> all;
        synchronized (sources) {
            all = List.copyOf(sources.values());
        }
        QueueKnote.endAll(all, QueueKnote::deleteAndRelease);
    }
}
