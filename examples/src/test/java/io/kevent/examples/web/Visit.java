// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** All that one client does, from connecting to its end; what it does is drawn, and whatever it does it has a right to expect certain bytes. */
final class Visit implements Callable<Void> {

    /** The manners of clients. */
    enum Manner {
        /** One request after the other, and then the client closes. */
        ORDERLY,
        /** All requests at once, and then the end of the output. */
        PIPELINED,
        /** The last request asks the server to close. */
        LEAVING,
        /** The last request is none. */
        GARBLED,
        /** Requests in pieces. */
        CREEPING,
        /** Nothing at all, and then the end of the output. */
        SILENT,
        /** Lets go in the middle of anything. */
        RESETTING,
        /** Says nothing any more, perhaps in the middle of a request. */
        IDLE,
        /** Asks for much and does not read it. */
        STALLED;

        /** Whether it is the server that ends it, by its idle timeout. */
        boolean isGivenUp() {
            return this == IDLE || this == STALLED;
        }

        /** Draws one; those that move megabytes are few. */
        static Manner draw(SplittableRandom random) {
            Manner drawn = values()[random.nextInt(values().length)];
            return drawn == STALLED && random.nextInt(4) > 0 ? IDLE : drawn;
        }
    }

    private static final int MANY_BYTES = Site.MOST_BYTES;

    private final WatchedServer server;
    private final Manner manner;
    private final SplittableRandom random;

    Visit(WatchedServer server, Manner manner, SplittableRandom random) {
        this.server = server;
        this.manner = manner;
        this.random = random;
    }

    @Override
    public Void call() throws Exception {
        try (Client client = manner == Manner.STALLED ? Client.withSmallBuffer(server.address()) : new Client(server.address())) {
            run(client);
        } catch (IOException | AssertionError e) {
            throw new AssertionError(manner + ": " + e.getMessage(), e);
        }
        return null;
    }

    private void run(Client client) throws Exception {
        List<Exchange> exchanges = draw(random.nextInt(1, 6));
        switch (manner) {
            case ORDERLY -> client.exchange(exchanges);
            case PIPELINED -> {
                client.send(Exchange.requests(exchanges));
                client.endOutput();
                takeAllAndEnd(client, exchanges);
            }
            case LEAVING -> {
                exchanges.add(Exchange.getAndClose(length()));
                client.send(Exchange.requests(exchanges));
                takeAllAndEnd(client, exchanges);
            }
            case GARBLED -> {
                exchanges.add(Exchange.garbage());
                client.send(Exchange.requests(exchanges));
                takeAllAndEnd(client, exchanges);
            }
            case CREEPING -> {
                sendInPieces(client, Exchange.requests(exchanges));
                client.take(Exchange.responses(exchanges));
            }
            case SILENT -> {
                client.endOutput();
                client.takeEnd();
            }
            case RESETTING -> runAndReset(client, exchanges);
            case IDLE -> runAndIdle(client, exchanges);
            case STALLED -> runAndStall(client);
            default -> throw new AssertionError(manner);
        }
    }

    private static void takeAllAndEnd(Client client, List<Exchange> exchanges) throws IOException {
        client.take(Exchange.responses(exchanges));
        client.takeEnd();
    }

    private void sendInPieces(Client client, byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
            client.send(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
    }

    /** With responses on their way, a request half sent, or nothing at all. */
    private void runAndReset(Client client, List<Exchange> exchanges) throws IOException {
        client.send(Exchange.requests(exchanges));
        client.readSome(random.nextInt(Exchange.responses(exchanges).length + 1));
        if (random.nextBoolean()) {
            client.send(part(Exchange.get(MANY_BYTES).request()));
        }
        client.reset();
    }

    /** The server may give up before or after it has read and answered what was sent; what it does send is right all the same. */
    private void runAndIdle(Client client, List<Exchange> exchanges) throws IOException {
        client.exchange(exchanges);
        List<Exchange> more = draw(random.nextInt(3));
        client.send(Exchange.requests(more));
        client.send(part(Exchange.get(1).request()));
        server.giveUp(client.port());
        client.takeBeginning(Exchange.responses(more));
    }

    private void runAndStall(Client client) throws Exception {
        List<Exchange> much = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            much.add(Exchange.get(MANY_BYTES));
        }
        client.send(Exchange.requests(much));
        byte[] responses = Exchange.responses(much);
        int taken = random.nextInt(1000);
        client.take(Arrays.copyOf(responses, taken));
        server.giveUp(client.port());
        server.untilGivenUp(client.port());
        client.takeBeginning(Arrays.copyOfRange(responses, taken, responses.length));
    }

    private byte[] part(byte[] request) {
        return Arrays.copyOf(request, random.nextInt(request.length));
    }

    private List<Exchange> draw(int count) {
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            exchanges.add(switch (random.nextInt(8)) {
                case 0 -> Exchange.head(length());
                case 1 -> Exchange.missing();
                case 2 -> Exchange.post(random.nextInt(10_000));
                default -> Exchange.get(length());
            });
        }
        return exchanges;
    }

    private int length() {
        return random.nextInt(20) == 0 ? random.nextInt(300_000) : random.nextInt(2000);
    }
}
