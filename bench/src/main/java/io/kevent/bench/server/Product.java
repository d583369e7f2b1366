// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.netty.Transport;
import io.kevent.bench.plan.Subject;
import java.util.List;
import java.util.function.Function;

/** The servers, and the rows that each has. */
enum Product {
    JETTY("Jetty", List.of(), subject -> new JettyServer()),
    TOMCAT("Tomcat", List.of(), subject -> new TomcatServer()),
    UNDERTOW("Undertow", List.of(), subject -> new UndertowServer()),
    NETTY("Netty", List.of(Subject.NETTY_EPOLL), subject -> new NettyServer(Transport.of(subject)));

    private final String title;
    private final List<Subject> beside;
    private final Function<Subject, Server> maker;

    Product(String title, List<Subject> beside, Function<Subject, Server> maker) {
        this.title = title;
        this.beside = beside;
        this.maker = maker;
    }

    String title() {
        return title;
    }

    /** What there is to compare with, beside the selectors. */
    List<Subject> beside() {
        return beside;
    }

    Server make(Subject subject) {
        return maker.apply(subject);
    }
}
