// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ChannelKnote;
import io.kevent.EventKind;
import io.kevent.KeventOps;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.queue.Dispatcher;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/** Channels of the program: sockets, listeners, datagram sockets, pipe ends. The same channel is the same knote. */
public final class ChannelFilter implements Filter {
    private final Dispatcher dispatcher;

    /**
     * Makes the filter of a queue.
     *
     * @param dispatcher the queue's
     */
    public ChannelFilter(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Registers a channel; see {@link io.kevent.KeventQueue#register}.
     *
     * @param channel the channel
     * @param flags operations, options, disabled or not, priority
     * @param attachment the attachment, or null
     * @return the knote
     * @throws IOException if the channel is closed or the kernel refuses
     */
    public ChannelKnote register(SelectableChannel channel, int flags, Object attachment) throws IOException {
        if (!JdkChannels.isJdkChannel(channel)) {
            throw new IllegalArgumentException(channel.getClass().getName() + " is not a channel of the JDK: it has no descriptor to watch");
        }
        Terms terms = Terms.of(flags, attachment);
        KeventOps.requireValid(terms.ops(), channel);
        // the lock that the channel's own register takes: nobody else registers it between the two steps
        synchronized (channel.blockingLock()) {
            dispatcher.requireOpen();
            SelectionKey known = channel.keyFor(dispatcher.watch().selector());
            if (known != null) {
                Source source = requireOwn((WatchedKnote.Key) known);
                if (source.reregister(terms)) {
                    return source;
                }
                dispatcher.watch().letGo((WatchedKnote.Key) known);
            }
            Source source = new Source(dispatcher, terms, channel);
            source.watch(channel);
            return source;
        }
    }

    private static Source requireOwn(WatchedKnote.Key known) {
        WatchedKnote owner = known.owner();
        if (!(owner instanceof Source)) {
            throw new IllegalArgumentException("the channel is that of " + owner + ": change that knote's interest set");
        }
        return (Source) owner;
    }

    @Override
    public void close() throws IOException {
        dispatcher.deleteWatched();
    }

    private static final class Source extends WatchedKnote implements ChannelKnote {
        private final SelectableChannel channel;

        Source(Dispatcher dispatcher, Terms terms, SelectableChannel channel) {
            super(dispatcher, EventKind.CHANNEL, terms);
            this.channel = channel;
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        protected int requireMeaning(int ops) {
            return KeventOps.requireValid(ops, channel);
        }

        @Override
        protected String label() {
            return channel.toString();
        }
    }
}
