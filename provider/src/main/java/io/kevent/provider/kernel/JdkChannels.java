// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/**
 * The JDK's channels: opened in the name of a provider of ours, and what a selector has to know of them. They are made by the JDK's constructors, not by
 * extending its provider: a provider that extends a class of {@code sun.nio.ch} could not even be loaded to say which JVM flag is missing.
 */
public final class JdkChannels {
    private static final MethodHandle SOCKET = Binding.to("SocketChannelImpl").constructor(SocketChannel.class, SelectorProvider.class);
    private static final MethodHandle SOCKET_OF_FAMILY =
            Binding.to("SocketChannelImpl").constructor(SocketChannel.class, SelectorProvider.class, ProtocolFamily.class);
    private static final MethodHandle SERVER = Binding.to("ServerSocketChannelImpl").constructor(ServerSocketChannel.class, SelectorProvider.class);
    private static final MethodHandle SERVER_OF_FAMILY =
            Binding.to("ServerSocketChannelImpl").constructor(ServerSocketChannel.class, SelectorProvider.class, ProtocolFamily.class);
    private static final MethodHandle DATAGRAM =
            Binding.to("DatagramChannelImpl").constructor(DatagramChannel.class, SelectorProvider.class, boolean.class);
    private static final MethodHandle DATAGRAM_OF_FAMILY =
            Binding.to("DatagramChannelImpl").constructor(DatagramChannel.class, SelectorProvider.class, ProtocolFamily.class, boolean.class);
    private static final MethodHandle PIPE = Binding.to("PipeImpl").constructor(Pipe.class, SelectorProvider.class);

    private static final MethodHandle SELECTOR = Binding.to("EPollSelectorImpl").constructor(AbstractSelector.class, SelectorProvider.class);

    /** The interface of every channel of the JDK that can be watched. */
    private static final Binding CHANNEL = Binding.to("SelChImpl");
    private static final Class<?> CHANNEL_TYPE = CHANNEL.type();
    private static final MethodHandle DESCRIPTOR = CHANNEL.method("getFDVal", int.class);
    private static final MethodHandle KILL = CHANNEL.method("kill", void.class);

    private JdkChannels() { }

    /**
     * Opens a TCP channel.
     *
     * @param provider whose channel it is to be
     * @return the channel
     * @throws IOException as the JDK's provider throws it
     */
    public static SocketChannel openSocket(SelectorProvider provider) throws IOException {
        try {
            return (SocketChannel) SOCKET.invokeExact(provider);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    /**
     * Opens a TCP or Unix domain channel.
     *
     * @param provider whose channel it is to be
     * @param family the protocol family
     * @return the channel
     * @throws IOException as the JDK's provider throws it
     */
    public static SocketChannel openSocket(SelectorProvider provider, ProtocolFamily family) throws IOException {
        try {
            return (SocketChannel) SOCKET_OF_FAMILY.invokeExact(provider, family);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    /**
     * Opens a TCP listener.
     *
     * @param provider whose channel it is to be
     * @return the channel
     * @throws IOException as the JDK's provider throws it
     */
    public static ServerSocketChannel openServerSocket(SelectorProvider provider) throws IOException {
        try {
            return (ServerSocketChannel) SERVER.invokeExact(provider);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    /**
     * Opens a TCP or Unix domain listener.
     *
     * @param provider whose channel it is to be
     * @param family the protocol family
     * @return the channel
     * @throws IOException as the JDK's provider throws it
     */
    public static ServerSocketChannel openServerSocket(SelectorProvider provider, ProtocolFamily family) throws IOException {
        try {
            return (ServerSocketChannel) SERVER_OF_FAMILY.invokeExact(provider, family);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    /**
     * Opens a UDP channel.
     *
     * @param provider whose channel it is to be
     * @return the channel
     * @throws IOException as the JDK's provider throws it
     */
    public static DatagramChannel openDatagram(SelectorProvider provider) throws IOException {
        try {
            return (DatagramChannel) DATAGRAM.invokeExact(provider, true);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    /**
     * Opens a UDP channel.
     *
     * @param provider whose channel it is to be
     * @param family the protocol family
     * @return the channel
     * @throws IOException as the JDK's provider throws it
     */
    public static DatagramChannel openDatagram(SelectorProvider provider, ProtocolFamily family) throws IOException {
        try {
            return (DatagramChannel) DATAGRAM_OF_FAMILY.invokeExact(provider, family, true);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    /**
     * Opens a pipe.
     *
     * @param provider whose pipe it is to be
     * @return the pipe
     * @throws IOException as the JDK's provider throws it
     */
    public static Pipe openPipe(SelectorProvider provider) throws IOException {
        try {
            return (Pipe) PIPE.invokeExact(provider);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    /**
     * Opens one of the JDK's own selectors in the name of a provider of ours.
     *
     * @param provider whose selector it is to be
     * @return the selector
     * @throws IOException as the JDK's provider throws it
     */
    public static AbstractSelector openSelector(SelectorProvider provider) throws IOException {
        try {
            return (AbstractSelector) SELECTOR.invokeExact(provider);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    /**
     * Tells whether a channel is the JDK's: one with a descriptor that can be watched.
     *
     * @param channel any channel
     * @return whether the methods below accept it
     */
    public static boolean isJdkChannel(SelectableChannel channel) {
        return CHANNEL_TYPE.isInstance(channel);
    }

    /**
     * The descriptor of a channel.
     *
     * @param channel a channel of the JDK
     * @return its descriptor
     */
    public static int descriptor(SelectableChannel channel) {
        try {
            return (int) DESCRIPTOR.invokeExact((Object) channel);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    /**
     * Closes the descriptor of a channel that was closed while it was registered, once no selector holds it any more. Does nothing to a channel that is
     * open or registered.
     *
     * @param channel a channel of the JDK
     * @throws IOException if closing the descriptor fails
     */
    public static void releaseIfClosed(SelectableChannel channel) throws IOException {
        if (!channel.isOpen() && !channel.isRegistered()) {
            try {
                KILL.invokeExact((Object) channel);
            } catch (Throwable t) {
                throw SystemCall.<IOException>rethrow(t);
            }
        }
    }
}
