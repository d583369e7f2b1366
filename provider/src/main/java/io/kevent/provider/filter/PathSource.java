// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventKind;
import io.kevent.PathKnote;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A knote of a path: what is to be told of it. What is watched for it is the {@link PathFilter}'s to know. */
final class PathSource extends OccurrenceKnote implements PathKnote {
    /** What is watched: two that are equal are one knote. */
    final Path place;

    /** The watch of the directory that the path is, and of that which holds its name; guarded by the filter's lock. */
    DirectoryWatch directory;
    DirectoryWatch names;

    private final PathFilter filter;
    private final Path path;

    /** Written with the dispatcher's lock held. */
    private volatile int kinds;

    PathSource(PathFilter filter, Dispatcher dispatcher, Terms terms, Path path, int kinds) {
        super(dispatcher, EventKind.PATH, terms);
        this.filter = filter;
        this.path = path;
        this.place = path.toAbsolutePath().normalize();
        this.kinds = kinds;
    }

    /** The name in its directory; null for the root of all. */
    Path name() {
        return place.getFileName();
    }

    boolean isDirectory() {
        return directory != null;
    }

    boolean isGone() {
        return isDeleted();
    }

    List<DirectoryWatch> watches() {
        return Stream.of(directory, names).filter(Objects::nonNull).toList();
    }

    boolean wantsRenames() {
        return (kinds & RENAME) != 0;
    }

    /** Merges what happened with what has not been told; what is plain is for those that do not ask for renames. */
    void mergeLocked(int exact, int plain, int count, int flags, Throwable failure) {
        int told = (wantsRenames() ? exact : plain) & kinds;
        if (isDeleted() || told == 0 && flags == 0) {
            return;
        }
        number += count;
        kindFlags |= told;
        eventFlags |= flags;
        error = failure == null ? error : failure;
        occurredLocked();
    }

    @Override
    protected boolean takeBackLocked(QueueBatch batch, int index) {
        super.takeBackLocked(batch, index);
        changeKindsLocked(kinds);
        return hasOccurredLocked();
    }

    /** What is pending stays, except for kinds that are not asked for any more. */
    private void changeKindsLocked(int kinds) {
        this.kinds = kinds;
        kindFlags &= kinds;
        if (kindFlags == 0 && eventFlags == 0) {
            dropLocked();
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public int kinds() {
        return kinds;
    }

    @Override
    public PathKnote kinds(int kinds) {
        PathFilter.requireKinds(kinds);
        requireValid();
        filter.prepare(this, kinds);
        lockValid();
        try {
            changeKindsLocked(kinds);
        } finally {
            dispatcher().unlock();
        }
        return this;
    }

    /** False if it was deleted meanwhile. */
    boolean reregister(int kinds, Terms terms) throws IOException {
        int ops = requireMeaning(terms.ops());
        dispatcher().lock();
        try {
            if (isDeleted()) {
                return false;
            }
            changeKindsLocked(kinds);
            reregisterLocked(ops, terms.enabled(), terms.priority(), terms.attachment());
            return true;
        } finally {
            dispatcher().unlock();
        }
    }

    @Override
    protected void detachLocked() { }

    @Override
    protected void release() {
        filter.forget(this);
    }

    @Override
    protected String label() {
        return path.toString();
    }
}
