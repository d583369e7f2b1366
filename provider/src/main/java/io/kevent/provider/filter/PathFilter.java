// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ClosedQueueException;
import io.kevent.PathKnote;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueKnote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Files and directories, watched by the JDK's {@code WatchService} and a thread of the filter's own, as long as there is a knote. The same path is
 * the same knote. A knote whose directory is gone is told so and then nothing more, until its path is registered again.
 *
 * <p>The filter's lock guards what is watched, and is held while the file system is looked at; that may take long, so it is never taken with the
 * dispatcher's lock held. Nor is the dispatcher's taken with it held: what is to be told is gathered, and told by {@link #unlock}.
 */
public final class PathFilter implements Filter {
    private final Dispatcher dispatcher;
    private final ReentrantLock lock = new ReentrantLock();

    // ---- guarded by the lock

    private final Map<Path, PathSource> sources = new HashMap<>();

    /** Null if nothing is watched. */
    private DirectoryWatch.Service service;

    /** The last that was not needed any more: who closes the filter waits until it has ended. */
    private volatile DirectoryWatch.Service ended;

    /** Watches of which it is to be seen whether anybody needs them still, and what is to be told, when the lock is let go of. */
    private final Set<DirectoryWatch> idle = new LinkedHashSet<>();
    private final List<Runnable> untold = new ArrayList<>();

    private boolean closed;

    /**
     * Makes the filter of a queue.
     *
     * @param dispatcher the queue's
     */
    public PathFilter(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Registers a path; see {@link io.kevent.KeventQueue#path}.
     *
     * @param path a file, a directory, or a name that is not there yet in a directory that is
     * @param kinds what to watch for
     * @param flags options, disabled or not, priority
     * @param attachment the attachment, or null
     * @return the knote
     * @throws IOException if the directory cannot be watched
     */
    public PathKnote register(Path path, int kinds, int flags, Object attachment) throws IOException {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException(path + " is not of the default file system: nothing tells what happens to it");
        }
        requireKinds(kinds);
        Terms terms = Terms.of(flags, attachment);
        PathSource fresh = new PathSource(this, dispatcher, terms, path, kinds);
        dispatcher.requireOpen();
        PathSource source;
        do {
            source = watched(fresh);
        } while (source != fresh && !source.reregister(kinds, terms));
        return source;
    }

    static void requireKinds(int kinds) {
        if ((kinds & ~PathKnote.ALL) != 0) {
            throw new IllegalArgumentException("0x" + Integer.toHexString(kinds & ~PathKnote.ALL) + " is no kind of PathKnote");
        }
        if (kinds == 0) {
            throw new IllegalArgumentException("0 holds no kind of PathKnote: nothing would ever be told");
        }
    }

    // ---- watching

    /** The knote of the same path, if there is one, else the given one; watched as if it were new. */
    private PathSource watched(PathSource fresh) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedQueueException();
            }
            PathSource known = sources.get(fresh.place);
            PathSource source = known == null || known.isGone() ? fresh : known;
            attach(source, fresh.wantsRenames());
            sources.put(source.place, source);
            return source;
        } finally {
            unlock();
        }
    }

    /** Begins to watch what a knote's path is now, and then lets go of what was watched for it before. */
    private void attach(PathSource source, boolean renames) throws IOException {
        Path parent = source.place.getParent();
        DirectoryWatch directory = null;
        DirectoryWatch names = null;
        if (Files.isDirectory(source.place)) {
            directory = watch(source.place);
            if (renames) {
                directory.knowAll();
            }
            if (parent != null) {
                try {
                    names = watch(parent);
                } catch (AccessDeniedException e) {
                    // entered but not read: that the directory is deleted is learnt from its own watch
                }
            }
        } else {
            try {
                names = watch(parent);
            } catch (NoSuchFileException e) {
                throw DirectoryWatch.missing(source.place);
            }
        }
        // what happened in another directory that was there before
        source.watches().forEach(DirectoryWatch::drain);
        detach(source);
        source.directory = directory;
        source.names = names;
        if (directory != null) {
            directory.addDirectory(source);
        }
        if (names != null) {
            names.addName(source);
        }
    }

    /** The watch of a directory, with what has happened in it until now taken in. */
    private DirectoryWatch watch(Path path) throws IOException {
        if (service == null) {
            service = new DirectoryWatch.Service(this);
        }
        DirectoryWatch watch = service.watch(path);
        // in case that what it is for fails
        idle.add(watch);
        return watch;
    }

    /** Makes ready for other kinds of a knote: what happened before belongs to those that it had. */
    void prepare(PathSource source, int kinds) {
        lock.lock();
        try {
            source.watches().forEach(DirectoryWatch::drain);
            if (source.directory != null && (kinds & PathKnote.RENAME) != 0) {
                source.directory.knowAll();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            unlock();
        }
    }

    /** The knote was deleted. */
    void forget(PathSource source) {
        lock.lock();
        try {
            sources.remove(source.place, source);
            detach(source);
        } finally {
            unlock();
        }
    }

    /** Nothing will be told to a knote any more. */
    void detach(PathSource source) {
        for (DirectoryWatch watch : source.watches()) {
            watch.remove(source);
            idle.add(watch);
        }
        source.directory = null;
        source.names = null;
    }

    /** Something has happened in a directory. */
    void happened(WatchKey key) {
        lock.lock();
        try {
            if (service != null) {
                service.collect(key);
            }
        } finally {
            unlock();
        }
    }

    // ---- telling

    /** Has something told once the lock is let go of; it is run with the dispatcher's held. */
    void tell(Runnable telling) {
        untold.add(telling);
    }

    /** Lets go of the lock and of what nobody needs any more, and tells what there is to tell. */
    private void unlock() {
        List<Runnable> telling = List.of();
        DirectoryWatch.Service unneeded = null;
        try {
            if (service != null) {
                idle.forEach(service::letGoIfUnused);
            }
            idle.clear();
            if (!untold.isEmpty()) {
                telling = List.copyOf(untold);
                untold.clear();
            }
            if (sources.isEmpty() && service != null) {
                unneeded = service;
                ended = service;
                service = null;
            }
        } finally {
            lock.unlock();
        }
        try {
            tell(telling);
        } finally {
            if (unneeded != null) {
                close(unneeded);
            }
        }
    }

    private void tell(List<Runnable> telling) {
        if (!telling.isEmpty()) {
            dispatcher.lock();
            try {
                telling.forEach(Runnable::run);
            } finally {
                dispatcher.unlock();
            }
        }
    }

    private static void close(DirectoryWatch.Service unneeded) {
        try {
            unneeded.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        List<PathSource> left;
        lock.lock();
        try {
            closed = true;
            left = List.copyOf(sources.values());
        } finally {
            unlock();
        }
        QueueKnote.endAll(left, QueueKnote::deleteAndRelease);
        // nobody opens another any more
        if (ended != null) {
            ended.close();
        }
    }
}
