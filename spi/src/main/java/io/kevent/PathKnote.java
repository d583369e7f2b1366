// SPDX-License-Identifier: Apache-2.0
package io.kevent;

import java.nio.file.Path;

/**
 * A {@link Knote} that watches a path. Its event tells in {@link EventBatch#filterFlags()} what happened since the event before, and in
 * {@link EventBatch#data()} how often something did. For a path that is no directory, or not there yet, that is what happens to the file of that name. For a
 * directory it is what happens to the entries in it, and {@link #DELETE} when it goes away itself. Which entry it was is not told, as kqueue does not tell.
 */
public interface PathKnote extends Knote {
    /** The file came into being, or an entry did. */
    int CREATE = 1;
    /** The content or the metadata of the file changed, or those of an entry. */
    int MODIFY = 1 << 1;
    /** The file is gone, or an entry or the directory is. */
    int DELETE = 1 << 2;
    /** The file, or an entry, got another name in the same directory, or took the place of another file there. */
    int RENAME = 1 << 3;
    /** All of them. */
    int ALL = CREATE | MODIFY | DELETE | RENAME;

    /**
     * The path.
     *
     * @return the path as it was given
     */
    Path path();

    /**
     * What is watched for.
     *
     * @return {@link #CREATE}, {@link #MODIFY}, {@link #DELETE}, {@link #RENAME}
     */
    int kinds();

    /**
     * Changes what is watched for from now on.
     *
     * @param kinds one or several of {@link #CREATE}, {@link #MODIFY}, {@link #DELETE}, {@link #RENAME}
     * @return this knote
     * @throws IllegalArgumentException if there is none, or another bit
     * @throws DeletedKnoteException if the knote is deleted
     */
    PathKnote kinds(int kinds);
}
