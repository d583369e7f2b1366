// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TryingServerTest {
    private static final int WORKERS = 2;

    private final TryingServer server = new TryingServer();

    @AfterEach
    void letItRest() {
        server.rest();
    }

    @Test
    void answersInItsTurn() throws Exception {
        int port = server.start(WORKERS);
        server.begin();
        assertEquals('x', exchange(port));
    }

    @Test
    void leavesTheProcessorsToOthersOutsideItsTurn() throws Exception {
        List<Thread> before = workers();
        int port = server.start(WORKERS);
        List<Thread> workers = workers();
        workers.removeAll(before);
        assertEquals(WORKERS, workers.size());
        server.begin();
        exchange(port);
        server.rest();
        for (Thread worker : workers) {
            while (worker.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    private static List<Thread> workers() {
        return new ArrayList<>(Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("worker-")).toList());
    }

    private static int exchange(int port) throws Exception {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port); OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write('x');
            return in.read();
        }
    }
}
