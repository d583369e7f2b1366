// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventBatch;
import io.kevent.PathKnote;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

/** A directory that is watched, for all the knotes of a filter that need it: who is to be told what. Guarded by the filter's lock. */
final class DirectoryWatch {
    private final PathFilter filter;
    private final WatchKey key;
    private final DirectoryEntries entries;

    /** Knotes of the directory. More than one if links lead to it. */
    private final Set<PathSource> whole = new LinkedHashSet<>();

    /** Knotes of one name in it: files, and directories, which are told here only that they go away. */
    private final Map<Path, Set<PathSource>> byName = new HashMap<>();

    /**
     * Makes a watch.
     *
     * @param filter whose watch it is
     * @param key the directory's, in the service
     * @param directory its path, free of links
     * @throws IOException if it is gone already
     */
    DirectoryWatch(PathFilter filter, WatchKey key, Path directory) throws IOException {
        this.filter = filter;
        this.key = key;
        this.entries = new DirectoryEntries(directory);
    }

    // ---- whose watch it is

    void addDirectory(PathSource source) {
        whole.add(source);
    }

    void addName(PathSource source) {
        Set<PathSource> named = byName.computeIfAbsent(source.name(), name -> new LinkedHashSet<>());
        if (!source.isDirectory() && named.stream().allMatch(PathSource::isDirectory)) {
            // nobody heeded it until now
            entries.forget(source.name());
            entries.know(source.name());
        }
        named.add(source);
    }

    void remove(PathSource source) {
        whole.remove(source);
        Set<PathSource> named = byName.get(source.name());
        if (named != null && named.remove(source) && named.isEmpty()) {
            byName.remove(source.name());
            entries.forget(source.name());
        }
    }

    /** Gets to know the entries, without which no rename is told. */
    void knowAll() throws IOException {
        entries.knowAll();
    }

    // ---- what happened

    /** Takes in what has happened; the key, if it waits to be taken, goes on to wait. */
    void drain() {
        List<WatchEvent<?>> events = key.pollEvents();
        entries.begin();
        for (WatchEvent<?> event : events) {
            int kind = kindOf(event.kind());
            if (kind == 0) {
                overflowed(event.count());
            } else if (kind == PathKnote.MODIFY) {
                happened(kind, (Path) event.context(), event.count());
            } else {
                // seldom more than one, and then each may mean another thing
                for (int i = 0; i < event.count(); i++) {
                    happened(kind, (Path) event.context(), 1);
                }
            }
        }
    }

    private static int kindOf(WatchEvent.Kind<?> kind) {
        if (kind == ENTRY_CREATE) {
            return PathKnote.CREATE;
        }
        if (kind == ENTRY_MODIFY) {
            return PathKnote.MODIFY;
        }
        return kind == ENTRY_DELETE ? PathKnote.DELETE : 0;
    }

    private void happened(int kind, Path name, int count) {
        Set<PathSource> named = byName.getOrDefault(name, Set.of());
        boolean renames = entries.areAllKnown();
        boolean heeded = renames;
        for (PathSource source : named) {
            if (!source.isDirectory()) {
                heeded = true;
                renames |= source.wantsRenames();
            }
        }
        int ofFile = heeded ? entries.decide(kind, name, renames) : kind;
        int ofEntry = kind == PathKnote.CREATE && entries.completesRename() ? 0 : ofFile;
        for (PathSource source : whole) {
            tell(source, ofEntry, kind, count);
        }
        for (PathSource source : List.copyOf(named)) {
            if (source.isDirectory()) {
                happenedToDirectory(source, kind);
            } else if (!source.watches().isEmpty()) {
                tell(source, ofFile, kind, count);
            }
        }
    }

    /** Something has happened to the name of a directory that is watched itself. */
    private void happenedToDirectory(PathSource source, int kind) {
        DirectoryWatch own = source.directory;
        boolean there = own.entries.areAt(source.place);
        if (!there) {
            // what happened in it before it went
            own.drain();
            if (!source.isDirectory()) {
                // links that lead round have had it told there
                return;
            }
        }
        if (kind == PathKnote.DELETE || kind != PathKnote.MODIFY && !there) {
            tell(source, PathKnote.DELETE, PathKnote.DELETE, 1);
        }
        if (!there) {
            filter.detach(source);
        }
    }

    private void overflowed(int count) {
        entries.refresh(named().stream().filter(source -> !source.isDirectory()).map(PathSource::name).toList());
        for (PathSource source : whole) {
            filter.tell(() -> source.mergeLocked(PathKnote.ALL, PathKnote.ALL, count, EventBatch.OVERFLOW, null));
        }
        for (PathSource source : named()) {
            if (source.isDirectory()) {
                // whether it is gone can be seen
                happenedToDirectory(source, PathKnote.CREATE);
            } else {
                filter.tell(() -> source.mergeLocked(PathKnote.ALL, PathKnote.ALL, count, EventBatch.OVERFLOW, null));
            }
        }
    }

    /** The directory is gone, or at least from its path: nothing more can be told of it or of names in it. */
    private void vanished() {
        for (PathSource source : List.copyOf(whole)) {
            tell(source, PathKnote.DELETE, PathKnote.DELETE, 1);
            filter.detach(source);
        }
        for (PathSource source : named()) {
            if (source.isDirectory()) {
                happenedToDirectory(source, PathKnote.CREATE);
            } else {
                NoSuchFileException missing = missing(source.place);
                filter.tell(() -> source.mergeLocked(0, 0, 0, EventBatch.ERROR, missing));
                filter.detach(source);
            }
        }
    }

    private void tell(PathSource source, int exact, int plain, int count) {
        filter.tell(() -> source.mergeLocked(exact, plain, count, 0, null));
    }

    private List<PathSource> named() {
        return byName.values().stream().flatMap(Set::stream).toList();
    }

    /** What tells that the directory in which a path would be is not there. */
    static NoSuchFileException missing(Path place) {
        String reason = "the directory in which " + place.getFileName() + " is to be watched does not exist";
        return new NoSuchFileException(place.getParent().toString(), null, reason);
    }

    /** The JDK's service, the thread that takes from it, and what is watched by it. */
    static final class Service {
        private final WatchService service = FileSystems.getDefault().newWatchService();
        private final PathFilter filter;
        private final Thread thread;
        private final Map<WatchKey, DirectoryWatch> watches = new HashMap<>();

        /**
         * Opens a service.
         *
         * @param filter who wants to know in which directories something happens
         * @throws IOException if the process, or the user, may have no more of them
         */
        Service(PathFilter filter) throws IOException {
            this.filter = filter;
            // without what the program's thread would hand down: a class loader, values of thread-locals
            thread = new Thread(null, this::run, "kevent-paths", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            try {
                thread.start();
            } catch (Error e) {
                service.close();
                throw e;
            }
        }

        /** The watch of a directory, of which there is one whatever path leads to it; what has happened in it until now is taken in. */
        DirectoryWatch watch(Path path) throws IOException {
            Path directory = path.toRealPath();
            // the JDK answers when it has read from the kernel what happened before
            WatchKey key = directory.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            DirectoryWatch watch = watches.get(key);
            if (watch != null) {
                watch.drain();
                if (watch.entries.areInPlace()) {
                    return watch;
                }
                // it has another name by now, and the kernel follows it: what was watched by the old one is gone
                watch.vanished();
            }
            try {
                watch = new DirectoryWatch(filter, key, directory);
            } catch (IOException e) {
                key.cancel();
                throw e;
            }
            watches.put(key, watch);
            return watch;
        }

        void letGoIfUnused(DirectoryWatch watch) {
            if (watch.whole.isEmpty() && watch.byName.isEmpty() && watches.remove(watch.key, watch)) {
                watch.key.cancel();
            }
        }

        void collect(WatchKey key) {
            DirectoryWatch watch = watches.get(key);
            if (watch != null) {
                watch.drain();
                if (!key.reset()) {
                    watches.remove(key);
                    watch.vanished();
                }
            }
        }

        private void run() {
            for (;;) {
                try {
                    filter.happened(service.take());
                } catch (InterruptedException e) {
                    // not from here: the end is told by closing
                } catch (ClosedWatchServiceException e) {
                    return;
                }
            }
        }

        /** Returns when the thread has ended. */
        void close() throws IOException {
            try {
                service.close();
            } finally {
                boolean interrupted = false;
                while (thread.isAlive()) {
                    try {
                        thread.join();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
