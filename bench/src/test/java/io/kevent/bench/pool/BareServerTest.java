// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BareServerTest {
    private final BareServer server = new BareServer();

    @Test
    void answersOneConnectionAfterTheOther() throws Exception {
        int port = server.start(1);
        assertEquals('x', exchange(port, 'x'));
        assertEquals('y', exchange(port, 'y'));
    }

    @Test
    void answersOthersAfterAConnectionThatWasReset() throws Exception {
        int port = server.start(1);
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write('x');
        }
        assertEquals('y', exchange(port, 'y'));
    }

    private static int exchange(int port, int what) throws Exception {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port); OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(what);
            return in.read();
        }
    }
}
