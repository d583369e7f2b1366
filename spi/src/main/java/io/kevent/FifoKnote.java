// SPDX-License-Identifier: Apache-2.0
package io.kevent;

import java.nio.channels.Pipe;
import java.nio.file.Path;

/**
 * A {@link Knote} that watches one end of a named pipe. It opens that end itself, without blocking the caller: it reports nothing until somebody has opened
 * the other end. When the last of those goes, the event is marked {@link EventBatch#EOF}, behind what is still to be read; when a new one comes, the knote
 * goes on. Deleting the knote closes its end.
 *
 * <p>An end that cannot be opened later on is told by one event, marked {@link EventBatch#ERROR}. Registering the pipe again makes a new knote then, which
 * tries again.
 */
public interface FifoKnote extends Knote {

    /**
     * The pipe's path.
     *
     * @return the path as it was given
     */
    Path path();

    /**
     * The end to read from, of a knote that is interested in reading. It is in non-blocking mode; closing it deletes the knote.
     *
     * @return the channel; null as long as nobody has opened the other end
     * @throws IllegalStateException if the knote writes
     */
    Pipe.SourceChannel source();

    /**
     * The end to write to, of a knote that is interested in writing. It is in non-blocking mode; closing it deletes the knote.
     *
     * @return the channel; null as long as nobody has opened the other end
     * @throws IllegalStateException if the knote reads
     */
    Pipe.SinkChannel sink();
}
