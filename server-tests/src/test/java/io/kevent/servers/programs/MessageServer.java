// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ServerSocketFactory;

/** Takes one connection, on which each message has its length in four bytes before it, and sends each message back. Nothing here selects. */
final class MessageServer {
    private ServerSocket listener;
    private Thread thread;

    /** Gives the address it listens at. */
    InetSocketAddress start(ServerSocketFactory sockets) throws IOException {
        listener = sockets.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        thread = new Thread(this::serve, "message server");
        thread.start();
        return new InetSocketAddress("127.0.0.1", listener.getLocalPort());
    }

    private void serve() {
        try (Socket connection = listener.accept()) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            for (int first = in.read(); first >= 0; first = in.read()) {
                byte[] message = new byte[first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort()];
                in.readFully(message);
                out.writeInt(message.length);
                out.write(message);
                out.flush();
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void stop() throws IOException, InterruptedException {
        listener.close();
        thread.join();
    }
}
