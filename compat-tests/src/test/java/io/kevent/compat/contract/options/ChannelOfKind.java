// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Each kind of channel that can be selected, as it is when just opened, for what only concerns interest sets. */
enum ChannelOfKind {

    TCP {
        @Override
        SelectableChannel create() throws IOException {
            return SocketChannel.open();
        }
    },
    TCP_LISTENER {
        @Override
        SelectableChannel create() throws IOException {
            return LoopbackPair.listen();
        }
    },
    UNIX {
        @Override
        SelectableChannel create() throws IOException {
            return SocketChannel.open(StandardProtocolFamily.UNIX);
        }
    },
    UNIX_LISTENER {
        @Override
        SelectableChannel create() throws IOException {
            return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        }
    },
    UDP {
        @Override
        SelectableChannel create() throws IOException {
            return DatagramChannel.open();
        }
    },
    PIPE_SOURCE {
        @Override
        SelectableChannel create() throws IOException {
            Pipe pipe = Pipe.open();
            pipe.sink().close();
            return pipe.source();
        }
    },
    PIPE_SINK {
        @Override
        SelectableChannel create() throws IOException {
            Pipe pipe = Pipe.open();
            pipe.source().close();
            return pipe.sink();
        }
    };

    abstract SelectableChannel create() throws IOException;

    SelectableChannel open() throws IOException {
        return create().configureBlocking(false);
    }
}
