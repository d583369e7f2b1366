// SPDX-License-Identifier: Apache-2.0
package io.kevent;

import java.nio.file.Path;

/**
 * A {@link Knote} that watches a path. Its event tells in {@link EventBatch#filterFlags()} what happened since the event before, and in
 * {@link EventBatch#data()} how often something was reported.
 *
 * <p>What the path is, is decided when it is registered. For one that is a directory then, it is what happens to the entries in it, and {@link #DELETE} when
 * it goes away itself or gets another name; the knote is silent after that, until the path is registered again. For any other, which need not be there yet, it
 * is what happens to the file of that name; a link is watched itself, unless it leads to a directory. If the directory in which the name is watched goes away,
 * there is one last event, marked {@link EventBatch#ERROR}. Which entry it was is not told, as kqueue does not tell.
 *
 * <p>That the directory in which a name is watched gets another name, or one above it, is not noticed: what happens in it goes on being told, as of the old
 * name. That ends, with the last event, when something is watched in it by its new name.
 *
 * <p>A knote that does not ask for {@link #RENAME} is told of a rename as of a {@link #DELETE} and a {@link #CREATE}, as far as it asks for those. What is told
 * rests on the system's reports: of a file that is renamed more than once within moments the two halves may be told instead.
 */
public interface PathKnote extends Knote {
    /** The file came into being, or an entry did. */
    int CREATE = 1;
    /** The content or the metadata of the file changed, or those of an entry. */
    int MODIFY = 1 << 1;
    /** The file is gone, or an entry or the directory is. */
    int DELETE = 1 << 2;
    /**
     * The file, or an entry, got another name in the same directory. Together with {@link #CREATE}: another file has taken the place of the file by a rename,
     * as programs do that replace a file at one blow.
     */
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
     * Changes what is watched for from now on. What is pending stays, except for the kinds that are not asked for any more.
     *
     * @param kinds one or several of {@link #CREATE}, {@link #MODIFY}, {@link #DELETE}, {@link #RENAME}
     * @return this knote
     * @throws IllegalArgumentException if there is none, or another bit
     * @throws DeletedKnoteException if the knote is deleted
     * @throws java.io.UncheckedIOException if the directory cannot be read
     */
    PathKnote kinds(int kinds);
}
