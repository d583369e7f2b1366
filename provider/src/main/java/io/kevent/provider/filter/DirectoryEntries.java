// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.PathKnote;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the entries of a directory, so as to tell a rename from a deletion and a creation: the {@code WatchService} reports the two halves
 * of a rename as {@code DELETE} of one name and {@code CREATE} of another, and nothing that would connect them. So the file that was known under the
 * name is looked for among those that are there now; one that is on its way to a third name just then may be missed, and its rename is told as the two
 * halves. Guarded by the filter's lock.
 */
final class DirectoryEntries {
    private final Path directory;

    /** Device and inode of the directory. */
    private final Object file;

    /** Entries as they were when they were looked at last; those of the names that matter, or all. */
    private final Map<Path, Entry> known = new HashMap<>();
    private boolean allKnown;

    /**
     * The entry whose rename was found out, and told, by its first half. The second is the next creation, whatever its name: the kernel holds the
     * directory's lock for the two. Null if none is expected.
     */
    private Entry renamed;

    /** Whether what was decided last was a second half. */
    private boolean completed;

    /** What is there now, once for all events that were fetched together: each of them happened before. Null if it was not needed yet. */
    private Map<Path, Entry> present;

    /**
     * Makes a directory's.
     *
     * @param directory its path, free of links
     * @throws IOException if it is gone already
     */
    DirectoryEntries(Path directory) throws IOException {
        this.directory = directory;
        this.file = fileOf(directory);
    }

    private static Object fileOf(Path directory) throws IOException {
        return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    }

    /** Whether a path, or the links in it, leads to this directory. */
    boolean areAt(Path path) {
        try {
            return file == null || file.equals(fileOf(path));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the directory still has the path by which its entries are looked at. */
    boolean areInPlace() {
        return areAt(directory);
    }

    // ---- what is known

    /** Gets to know an entry, which may be absent, if it is not known yet. */
    void know(Path name) {
        Entry entry = look(name);
        if (entry != null) {
            known.putIfAbsent(name, entry);
        }
    }

    /** Gets to know all entries. */
    void knowAll() throws IOException {
        if (!allKnown) {
            // what is known already was known before events that are still to come
            list().forEach(known::putIfAbsent);
            allKnown = true;
        }
    }

    boolean areAllKnown() {
        return allKnown;
    }

    /** An entry does not matter any more by itself. */
    void forget(Path name) {
        if (!allKnown) {
            known.remove(name);
        }
    }

    /** Events were lost: what is known is what is there now. */
    void refresh(List<Path> names) {
        known.clear();
        renamed = null;
        if (allKnown) {
            known.putAll(present());
        } else {
            names.forEach(this::know);
        }
    }

    // ---- what happened

    /** From here on events follow that were fetched together, just now. */
    void begin() {
        present = null;
    }

    /**
     * Decides what has happened to the file of a name.
     *
     * @param kind what is reported: {@code CREATE}, {@code MODIFY} or {@code DELETE}
     * @param name whose entry
     * @param renames whether anybody wants to know of renames
     * @return kinds of {@link PathKnote}
     */
    int decide(int kind, Path name, boolean renames) {
        if (kind == PathKnote.MODIFY) {
            Entry now = look(name);
            known.computeIfPresent(name, (same, entry) -> entry.changed(now));
            return kind;
        }
        Entry arrived = renamed;
        renamed = null;
        completed = kind == PathKnote.CREATE && arrived != null;
        Entry before = known.remove(name);
        if (kind == PathKnote.CREATE) {
            Entry now = look(name);
            if (completed && !arrived.isOneFileWith(now)) {
                // it went on before it could be looked at
                now = arrived;
            }
            if (now != null) {
                known.put(name, now);
            }
            // one that is just what was known was created while its name was registered; any other can only have come by a rename
            return before == null || before.equals(now) ? kind : kind | PathKnote.RENAME;
        }
        Entry elsewhere = before == null || !renames ? null : underOtherName(before, name);
        if (elsewhere == null) {
            return kind;
        }
        if (allKnown) {
            renamed = elsewhere;
        }
        return PathKnote.RENAME;
    }

    /** Whether what was decided last was the second half of a rename that has been told. */
    boolean completesRename() {
        return completed;
    }

    /** An entry as it is now under another name; null if there is none in this directory. */
    private Entry underOtherName(Entry before, Path name) {
        for (Map.Entry<Path, Entry> candidate : present().entrySet()) {
            Path other = candidate.getKey();
            // one that was known to be the same file is another hard link of it
            if (!other.equals(name) && before.mayBe(candidate.getValue()) && !before.isOneFileWith(known.get(other))) {
                return candidate.getValue();
            }
        }
        return null;
    }

    // ---- looking

    private Entry look(Path name) {
        try {
            return Entry.of(directory.resolve(name));
        } catch (IOException e) {
            // gone again
            return null;
        }
    }

    private Map<Path, Entry> present() {
        if (present == null) {
            try {
                present = list();
            } catch (IOException e) {
                // the directory is gone, or cannot be read any more
                present = Map.of();
            }
        }
        return present;
    }

    private Map<Path, Entry> list() throws IOException {
        Map<Path, Entry> entries = new HashMap<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                Path name = path.getFileName();
                Entry entry = look(name);
                if (entry != null) {
                    entries.put(name, entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /**
     * A file, link or directory as it was seen.
     *
     * @param file device and inode
     * @param modified when it was modified last; null if it was since, and could not be looked at
     * @param directory whether it is a directory
     */
    private record Entry(Object file, FileTime modified, boolean directory) {

        static Entry of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Entry(attributes.fileKey(), attributes.lastModifiedTime(), attributes.isDirectory());
        }

        boolean isOneFileWith(Entry other) {
            return other != null && file != null && file.equals(other.file);
        }

        /**
         * Whether it may be the same that was seen now. The number of a deleted file is soon given to a new one, so the time must be the same. That of
         * a directory changes with its entries, and nobody tells its own directory of that.
         */
        boolean mayBe(Entry now) {
            return isOneFileWith(now) && directory == now.directory && (directory || modified == null || modified.equals(now.modified));
        }

        /** The entry after it was modified; of the file that has its name by now nothing can be learnt if that is another. */
        Entry changed(Entry now) {
            return isOneFileWith(now) ? now : new Entry(file, null, directory);
        }
    }
}
