// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import io.kevent.examples.support.Bounded;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;

/** What a client sees of the server. */
class WebServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration LONG = Duration.ofHours(1);
    private static final int LARGE = Site.MOST_BYTES;

    private WebServer server;

    /** Whether all connections have been idle for too long, where that is not left to the clock. */
    private volatile boolean idle;

    private Client connect(Duration idleTimeout) throws IOException {
        return connect(new WebServer(ANY_PORT), idleTimeout);
    }

    /** Connects to a server whose connections are idle when the test says so. */
    private Client connectUntilIdle() throws IOException {
        WebServer patient = new WebServer(ANY_PORT) {
            @Override
            Connection connection(SocketChannel channel) {
                return new Connection(channel, this::forget) {
                    @Override
                    long idleNanos() {
                        return idle ? Long.MAX_VALUE : 0;
                    }
                };
            }
        };
        return connect(patient, Duration.ofMillis(1));
    }

    private Client connect(WebServer opened, Duration idleTimeout) throws IOException {
        server = opened;
        server.start(2, loop -> new Thread(loop, "web-worker"), idleTimeout);
        return new Client(server.address());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void serverThatLosesAWorkerStopsWithoutBeingAsked() throws Exception {
        server = new WebServer(ANY_PORT);
        server.start(1, loop -> new Thread(() -> {
            Thread.currentThread().interrupt();
            loop.run();
        }, "web-worker"), LONG);
        assertFalse(server.awaitStop());
    }

    @Test
    void requestsFollowEachOtherOnOneConnection() throws IOException {
        try (Client client = connect(LONG)) {
            client.exchange(List.of(Exchange.get(0), Exchange.get(71), Exchange.missing(), Exchange.get(100_000), Exchange.get(1)));
        }
    }

    @Test
    void headAnnouncesTheBodyAndDoesNotSendIt() throws IOException {
        try (Client client = connect(LONG)) {
            client.exchange(List.of(Exchange.head(5000), Exchange.get(5)));
        }
    }

    @Test
    void anotherMethodIsRefusedAndItsBodyIsReadOver() throws IOException {
        try (Client client = connect(LONG)) {
            client.exchange(List.of(Exchange.post(0), Exchange.post(60_000), Exchange.get(5)));
        }
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInOrder() throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            exchanges.add(i % 10 == 0 ? Exchange.missing() : Exchange.get(i));
        }
        try (Client client = connect(LONG)) {
            client.send(Exchange.requests(exchanges));
            client.take(Exchange.responses(exchanges));
        }
    }

    @Test
    void aRequestMayComeByteByByte() throws IOException {
        Exchange exchange = Exchange.post(3);
        try (Client client = connect(LONG)) {
            for (byte each : exchange.request()) {
                client.send(new byte[] {each});
            }
            client.take(exchange.response());
        }
    }

    @Test
    void aResponseThatTheClientIsSlowToReadIsWrittenPieceByPiece() throws IOException {
        connect(LONG).close();
        List<Exchange> exchanges = List.of(Exchange.get(LARGE), Exchange.get(LARGE), Exchange.get(7));
        try (Client client = Client.withSmallBuffer(server.address())) {
            client.send(Exchange.requests(exchanges));
            client.take(Exchange.responses(exchanges));
        }
    }

    @Test
    void closeIsAnsweredByTheEndBehindTheResponse() throws IOException {
        try (Client client = connect(LONG)) {
            client.exchange(Exchange.getAndClose(100));
            client.takeEnd();
        }
    }

    @Test
    void aClientThatHasEndedItsOutputStillGetsAllResponses() throws IOException {
        List<Exchange> exchanges = List.of(Exchange.get(LARGE), Exchange.get(LARGE), Exchange.get(3));
        try (Client client = connect(LONG)) {
            client.send(Exchange.requests(exchanges));
            client.endOutput();
            client.take(Exchange.responses(exchanges));
            client.takeEnd();
        }
    }

    @Test
    void aRefusalReachesTheClientThoughTheRestOfItsRequestIsUnread() throws IOException {
        Exchange exchange = Exchange.refused("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n", "413 Content Too Large");
        try (Client client = connect(LONG)) {
            client.send(exchange.request());
            client.send(new byte[1_000_000]);
            client.take(exchange.response());
            client.takeEnd();
        }
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        try (Client client = connect(LONG)) {
            client.exchange(Exchange.refused("PRI * HTTP/2.0\r\n\r\n", "505 HTTP Version Not Supported"));
            client.takeEnd();
        }
    }

    @Test
    void aHeadThatNeverEndsIsRefused() throws IOException {
        Exchange exchange = Exchange.refused("GET /" + "a".repeat(9000), "431 Request Header Fields Too Large");
        try (Client client = connect(LONG)) {
            client.exchange(exchange);
            client.takeEnd();
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws IOException {
        try (Client client = connect(Duration.ofMillis(50))) {
            client.takeEnd();
        }
    }

    @Test
    void aClientThatDoesNotReadIsNotWaitedForForEver() throws Exception {
        connectUntilIdle().close();
        List<Exchange> exchanges = List.of(Exchange.get(LARGE), Exchange.get(LARGE), Exchange.get(LARGE), Exchange.get(LARGE), Exchange.get(LARGE));
        try (Client client = Client.withSmallBuffer(server.address())) {
            client.send(Exchange.requests(exchanges));
            client.take(exchanges.get(0).response());
            untilTheServerGivesUp();
            client.takeBeginning(Exchange.responses(exchanges.subList(1, exchanges.size())));
        }
    }

    @Test
    void aClientThatDoesNotCloseAfterARefusalIsNotWaitedForForEver() throws Exception {
        try (Client client = connectUntilIdle()) {
            client.exchange(Exchange.garbage());
            client.takeEnd();
            untilTheServerGivesUp();
        }
    }

    private void untilTheServerGivesUp() throws Exception {
        idle = true;
        Bounded.until("the server gives up", () -> server.connections() == 0);
    }
}
