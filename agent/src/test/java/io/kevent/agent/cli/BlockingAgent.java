// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.util.concurrent.CountDownLatch;

/** An agent that keeps the JVM's attach thread for itself. */
public final class BlockingAgent {

    private BlockingAgent() { }

    /** Called by the JVM. */
    public static void agentmain(String text) throws InterruptedException {
        System.setProperty("blocked", "true");
        new CountDownLatch(1).await();
    }
}
