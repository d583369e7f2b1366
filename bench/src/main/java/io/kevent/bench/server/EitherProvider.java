// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.plan.Subject;
import io.kevent.provider.KeventSelectorProvider;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** Opens selectors of the JDK's or of kevent's, whichever was chosen last, so that one JVM has servers on both. */
public final class EitherProvider extends SelectorProvider {
    private static volatile boolean kevent;

    private final SelectorProvider provider = new KeventSelectorProvider(false, opener -> kevent);

    /** Public for {@link SelectorProvider#provider()}. */
    public EitherProvider() { }

    /** Has this JVM use it. To be called before anything opens a channel or a selector; the flags of the JVM must let kevent run. */
    static void install() {
        System.setProperty(SelectorProvider.class.getName(), EitherProvider.class.getName());
        if (!(SelectorProvider.provider() instanceof EitherProvider)) {
            throw new IllegalStateException(SelectorProvider.provider() + " was in use before");
        }
    }

    /** What is opened from here on is for this subject. */
    static void choose(Subject subject) {
        kevent = subject != Subject.JDK;
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return provider.openDatagramChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return provider.openDatagramChannel(family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return provider.openPipe();
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return provider.openSelector();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        return provider.openServerSocketChannel();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        return provider.openServerSocketChannel(family);
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        return provider.openSocketChannel();
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        return provider.openSocketChannel(family);
    }
}
