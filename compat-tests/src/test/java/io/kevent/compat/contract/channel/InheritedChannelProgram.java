// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;

/** What runs in a JVM whose standard input is the channel to inherit: says what it got, and sends back what it receives. */
final class InheritedChannelProgram {

    private final Selector selector = Selector.open();

    private InheritedChannelProgram() throws IOException { }

    public static void main(String[] args) throws IOException {
        Channel channel = System.inheritedChannel();
        if (channel == null) {
            say("none");
        } else {
            new InheritedChannelProgram().run((SelectableChannel) channel);
        }
    }

    private void run(SelectableChannel channel) throws IOException {
        say(channel.provider() == SelectorProvider.provider() ? "provider in use" : "provider " + channel.provider());
        say(System.inheritedChannel() == channel ? "same again" : "another one the next time");
        channel.configureBlocking(false);
        if (channel instanceof ServerSocketChannel) {
            serve((ServerSocketChannel) channel);
        } else if (channel instanceof SocketChannel) {
            say("connected");
            echo((SocketChannel) channel);
        } else {
            answer((DatagramChannel) channel);
        }
        selector.close();
    }

    private void serve(ServerSocketChannel listener) throws IOException {
        SelectionKey key = listener.register(selector, SelectionKey.OP_ACCEPT);
        say("listening " + portOf(listener.getLocalAddress()));
        Selecting.report(key);
        SocketChannel accepted = listener.accept();
        accepted.configureBlocking(false);
        echo(accepted);
        listener.close();
    }

    private void echo(SocketChannel channel) throws IOException {
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        ByteBuffer buffer = ByteBuffer.allocate(100);
        do {
            Selecting.report(key);
            channel.write(buffer.flip());
            buffer.clear();
        } while (channel.read(buffer) >= 0);
        channel.close();
    }

    private void answer(DatagramChannel channel) throws IOException {
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        say("receiving " + portOf(channel.getLocalAddress()));
        Selecting.report(key);
        ByteBuffer buffer = ByteBuffer.allocate(100);
        SocketAddress sender = channel.receive(buffer);
        channel.send(buffer.flip(), sender);
        channel.close();
    }

    private static String portOf(SocketAddress address) {
        String text = address.toString();
        return text.substring(text.lastIndexOf(':') + 1);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
