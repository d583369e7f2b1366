// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.KeventQueue;
import io.kevent.UserKnote;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/** Virtual threads that wait for events, and one more that makes them happen: to be run on one carrier, which none of them may keep. */
final class VirtualThreadsProgram {
    private static final int THREADS = 20;

    private VirtualThreadsProgram() { }

    private static Thread startVirtual(Runnable task) throws ReflectiveOperationException {
        return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }

    public static void main(String[] args) throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        try (KeventQueue queue = KeventQueue.open()) {
            List<FutureTask<Integer>> waits = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                FutureTask<Integer> wait = new FutureTask<>(() -> take(queue));
                waits.add(wait);
                Thread thread = startVirtual(wait);
                Background.until("the virtual thread is parked", () -> thread.getState() == Thread.State.WAITING);
            }
            queue.register(pipe.source(), SelectionKey.OP_READ | KeventOps.OP_ONESHOT, null);
            FutureTask<Void> happening = new FutureTask<>(() -> {
                // one of the kernel's, for the thread that watches it, and one of the program's for each of the others
                pipe.sink().write(ByteBuffer.allocate(1));
                for (int i = 1; i < THREADS; i++) {
                    UserKnote knote = queue.user(0, null);
                    knote.trigger();
                }
                return null;
            });
            startVirtual(happening);
            happening.get();
            int told = 0;
            for (FutureTask<Integer> wait : waits) {
                told += wait.get();
            }
            System.out.println("told=" + told);
        }
        pipe.sink().close();
        pipe.source().close();
    }

    private static int take(KeventQueue queue) throws Exception {
        EventBatch batch = queue.newBatch(1);
        int count = queue.take(batch);
        return batch.next() ? count : 0;
    }
}
