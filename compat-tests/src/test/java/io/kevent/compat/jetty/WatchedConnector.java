// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/** Jetty's connector, unchanged but for telling which selectors its ManagedSelectors have open and how many writes wait for buffer space. */
final class WatchedConnector extends ServerConnector {
    WatchedConnector(Server server, int selectors, ConnectionFactory... factories) {
        super(server, 1, selectors, factories);
        setHost("127.0.0.1");
        setPort(0);
        // 200 clients knock at once
        setAcceptQueueSize(512);
        // a server that waits while the other one is measured keeps its connections
        setIdleTimeout(Duration.ofMinutes(10).toMillis());
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new WatchedManager(executor, scheduler, selectors);
    }

    List<String> selectorClasses() {
        WatchedManager manager = (WatchedManager) getSelectorManager();
        return manager.opened.stream().filter(Selector::isOpen).map(selector -> selector.getClass().getName()).toList();
    }

    /** Connections whose answer does not fit into the socket: Jetty has asked its selector for OP_WRITE. */
    long writesPending() {
        return getConnectedEndPoints().stream()
            .filter(endPoint -> ((AbstractEndPoint) endPoint).getWriteFlusher().isPending())
            .count();
    }

    private final class WatchedManager extends ServerConnectorManager {
        private final Queue<Selector> opened = new ConcurrentLinkedQueue<>();

        WatchedManager(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        @Override
        protected Selector newSelector() throws IOException {
            Selector selector = super.newSelector();
            opened.removeIf(earlier -> !earlier.isOpen());
            opened.add(selector);
            return selector;
        }
    }
}
