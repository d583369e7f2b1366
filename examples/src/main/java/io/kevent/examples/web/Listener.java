// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import io.kevent.ChannelKnote;
import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventQueue.DISABLED;
import static java.nio.channels.SelectionKey.OP_READ;

/** Accepts connections. Its knote has {@code OP_DISPATCH}: one worker accepts, while the others go on serving. */
final class Listener implements Handler {
    private static final System.Logger LOG = System.getLogger(Listener.class.getName());

    /** So many at once: then the worker looks after others, and whoever is free goes on accepting. */
    private static final int MOST = 64;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final KeventQueue queue;
    private final ServerSocketChannel channel;
    private final Function<SocketChannel, Connection> connections;
    private final Set<ChannelKnote> open;

    Listener(KeventQueue queue, ServerSocketChannel channel, Function<SocketChannel, Connection> connections, Set<ChannelKnote> open) {
        this.queue = queue;
        this.channel = channel;
        this.connections = connections;
        this.open = open;
    }

    @Override
    public void handle(EventBatch event) {
        Knote knote = event.knote();
        try {
            SocketChannel accepted = channel.accept();
            for (int i = 1; accepted != null; i++) {
                admit(accepted);
                accepted = i < MOST ? channel.accept() : null;
            }
            knote.enable();
        } catch (IOException e) {
            // no descriptor is left, most likely: who wants to connect waits in the backlog, and to try again at once would be to spin
            LOG.log(Level.WARNING, "cannot accept", e);
            queue.timer(PAUSE, (Handler) timer -> {
                timer.knote().delete();
                knote.enable();
            });
        }
    }

    private void admit(SocketChannel accepted) throws IOException {
        boolean admitted = false;
        try {
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            // disabled, until all who must know of it do: before that no worker can have an event of it, and none can tear it down
            ChannelKnote knote = queue.register(accepted, OP_READ | OP_DISPATCH | DISABLED, connections.apply(accepted));
            open.add(knote);
            knote.enable();
            admitted = true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot serve " + accepted, e);
        } finally {
            if (!admitted) {
                accepted.close();
            }
        }
    }
}
