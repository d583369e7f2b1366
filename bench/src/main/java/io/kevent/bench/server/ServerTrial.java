// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.util.concurrent.TimeUnit;

/** A server under load, looked at in some way. */
abstract class ServerTrial implements Trial {
    private static final int CONNECTIONS_PER_SECOND = 2000;
    private static final double MILLIS = 1000;

    final ServerJvm server;
    private final Subject subject;
    final int connections;
    /** How long it is looked at, without what it takes to connect. */
    final double seconds;

    ServerTrial(ServerJvm server, Subject subject, int connections, double seconds) {
        this.server = server;
        this.subject = subject;
        this.connections = connections;
        this.seconds = seconds;
    }

    @Override
    public final Subject subject() {
        return subject;
    }

    /** The load opens its connections each time, and with 8,000 a short one would be over before the first answer. */
    final int secondsToConnect() {
        return connections / CONNECTIONS_PER_SECOND;
    }

    /** How long a load lasts of which only the middle is looked at: neither the opening of the connections nor their end is in it. */
    final double secondsAround(double beside) {
        return seconds + 2 * (beside + secondsToConnect());
    }

    /** Waits for the middle of such a load, which has just begun. */
    final void awaitMiddle(double beside) throws InterruptedException {
        sleep(beside + secondsToConnect());
    }

    /** Waits for the end of the middle. */
    final void awaitEndOfMiddle() throws InterruptedException {
        sleep(seconds);
    }

    private static void sleep(double seconds) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(Math.round(seconds * MILLIS));
    }
}
