// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.util.concurrent.TimeUnit;

import static io.kevent.KeventOps.OP_DISPATCH;
import static java.nio.channels.SelectionKey.OP_READ;

/** Two ways to end what another thread may be handling: to have that thread do it, and to wait until it has done. */
public final class TeardownExample {
    private TeardownExample() { }

    public static void main(String[] args) throws Exception {
        try (KeventQueue queue = KeventQueue.open()) {
            byTheWorker(queue);
            byTheCaller(queue);
        }
    }

    private static void byTheWorker(KeventQueue queue) throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        Knote knote = queue.register(pipe.source(), OP_READ | OP_DISPATCH, pipe);

        // whoever finds that the time is up: closes nothing
        knote.forceOneshot();

        // a worker, some time later
        EventBatch batch = queue.newBatch(8);
        queue.take(batch);
        while (batch.next()) {
            if (batch.has(EventBatch.FORCED)) {
                batch.knote().delete();                     // nobody else has it, and nobody will
                close((Pipe) batch.attachment());
                System.out.println("torn down by the worker");
            }
        }
    }

    private static void byTheCaller(KeventQueue queue) throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        Knote knote = queue.register(pipe.source(), OP_READ | OP_DISPATCH, pipe);

        if (knote.deleteAndAwait(10, TimeUnit.SECONDS)) {   // no thread is handling it any more
            close(pipe);
            System.out.println("torn down by the caller");
        }
    }

    private static void close(Pipe pipe) throws IOException {
        pipe.source().close();
        pipe.sink().close();
    }
}
