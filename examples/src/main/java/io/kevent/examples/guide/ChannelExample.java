// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.ChannelKnote;
import io.kevent.ClosedQueueException;
import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static io.kevent.KeventOps.OP_DISPATCH;
import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;

/** Channels: an echo server of two threads, and a client. */
public final class ChannelExample {
    private static final CountDownLatch CLIENT_GONE = new CountDownLatch(1);

    private ChannelExample() { }

    public static void main(String[] args) throws Exception {
        List<Thread> workers;
        try (KeventQueue queue = KeventQueue.open();
                ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.configureBlocking(false);
            queue.register(listener, OP_ACCEPT | OP_DISPATCH, null);

            workers = List.of(new Thread(() -> work(queue)), new Thread(() -> work(queue)));
            workers.forEach(Thread::start);

            talk(listener.getLocalAddress());
            CLIENT_GONE.await();
        }
        for (Thread worker : workers) {             // they end, since the queue is closed
            worker.join();
        }
    }

    private static void work(KeventQueue queue) {
        EventBatch batch = queue.newBatch(16);      // one for each thread, used again and again
        try {
            for (;;) {
                queue.take(batch);                  // sleeps until there is an event
                while (batch.next()) {
                    handle(batch);
                }
            }
        } catch (ClosedQueueException | DeletedKnoteException e) {      // the latter: closed while an event was handled
            System.out.println("a worker ends");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void handle(EventBatch event) throws IOException {
        if ((event.readyOps() & OP_ACCEPT) != 0) {
            accept(event.knote());
        } else {
            echo(event.knote(), (ByteBuffer) event.attachment());
        }
    }

    private static void accept(Knote knote) throws IOException {
        ServerSocketChannel listener = (ServerSocketChannel) ((ChannelKnote) knote).channel();
        SocketChannel accepted = listener.accept();
        if (accepted != null) {
            accepted.configureBlocking(false);
            knote.queue().register(accepted, OP_READ | OP_DISPATCH, ByteBuffer.allocate(1024));
        }
        knote.enable();                             // the next connection, perhaps for another thread
    }

    private static void echo(Knote knote, ByteBuffer buffer) throws IOException {
        SocketChannel channel = (SocketChannel) ((ChannelKnote) knote).channel();
        if (channel.read(buffer) < 0) {
            channel.close();                        // deletes the knote
            CLIENT_GONE.countDown();
            return;
        }
        channel.write(buffer.flip());               // so little that it is taken whole
        buffer.clear();
        knote.enable();                             // from here on another thread may have it
    }

    private static void talk(SocketAddress address) throws IOException {
        InetSocketAddress server = (InetSocketAddress) address;
        try (Socket client = new Socket(server.getAddress(), server.getPort())) {
            for (String word : List.of("hello", "again")) {
                client.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
                byte[] echo = client.getInputStream().readNBytes(word.length());
                System.out.println(new String(echo, StandardCharsets.US_ASCII));
            }
        }
    }
}
