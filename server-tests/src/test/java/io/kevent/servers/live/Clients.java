// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import io.kevent.servers.programs.Bodies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;

/** Clients that speak HTTP. */
final class Clients {
    private static final int SMALL = 1_000;
    private static final int LARGE = 1_000_000;

    private Clients() { }

    /** Small requests, one after the other, on one connection. */
    static Client keptAlive(SocketFactory sockets, int port) throws IOException {
        byte[] body = Bodies.random(SMALL, port);
        return new OnOneConnection(new HttpConnection(sockets, port)) {
            @Override
            public void exchange() throws IOException {
                connection.echo(body);
            }
        };
    }

    /** Large bodies there and back. */
    static Client uploading(SocketFactory sockets, int port) throws IOException {
        byte[] body = Bodies.random(LARGE, port);
        return new OnOneConnection(new HttpConnection(sockets, port)) {
            @Override
            public void exchange() throws IOException {
                connection.echo(body);
            }
        };
    }

    /** Large bodies from the server. */
    static Client downloading(SocketFactory sockets, int port) throws IOException {
        return new OnOneConnection(new HttpConnection(sockets, port)) {
            @Override
            public void exchange() throws IOException {
                connection.download(LARGE, port);
            }
        };
    }

    /** One request on each connection. */
    static Client comingAndGoing(SocketFactory sockets, int port) {
        byte[] body = Bodies.random(SMALL, port);
        return new Client() {
            @Override
            public void exchange() throws IOException {
                try (HttpConnection connection = new HttpConnection(sockets, port)) {
                    connection.echo(body);
                }
            }

            @Override
            public void close() {
                // nothing stays open
            }
        };
    }

    /** Small requests on many connections, one at a time: each connection has long been quiet when its turn comes again. */
    static Client inTurn(SocketFactory sockets, int port, int count) throws IOException {
        byte[] body = Bodies.random(SMALL, port);
        List<HttpConnection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(new HttpConnection(sockets, port));
        }
        return new Client() {
            private int next;

            @Override
            public void exchange() throws IOException {
                connections.get(next++ % count).echo(body);
            }

            @Override
            public void close() throws IOException {
                for (HttpConnection each : connections) {
                    each.close();
                }
            }
        };
    }

    private abstract static class OnOneConnection implements Client {
        final HttpConnection connection;

        OnOneConnection(HttpConnection connection) {
            this.connection = connection;
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
