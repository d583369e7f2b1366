// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What is compared: a row of the report, and how a JVM is started to become it. */
public enum Subject {
    /** The JDK's own selector, the measure of all others. */
    JDK("JDK selector", Install.NONE),
    /** kevent's selector, installed by the system property. */
    KEVENT("kevent (property)", Install.PROPERTY),
    /** kevent's selector under the agent, which also learns from the channels' reads. */
    AGENT("kevent (agent)", Install.AGENT),
    /** kevent's selector with {@code OP_EDGE}. */
    KEVENT_EDGE("kevent with OP_EDGE", Install.PROPERTY),
    /** kevent's selector with {@code OP_WAKE_ONE}. */
    KEVENT_WAKE_ONE("kevent with OP_WAKE_ONE", Install.PROPERTY),
    /** The queue, level-triggered or with the options that the scenario names. */
    QUEUE("KeventQueue", Install.PROPERTY),
    /** The queue with {@code OP_EDGE}. */
    QUEUE_EDGE("KeventQueue with OP_EDGE", Install.PROPERTY),
    /** Netty's native epoll, level-triggered. */
    NETTY_EPOLL("Netty native epoll", Install.NONE),
    /** Netty's io_uring. */
    NETTY_IO_URING("Netty io_uring", Install.NONE),
    /** The system calls of an edge-triggered epoll, and nothing around them. */
    BARE_EPOLL("epoll_wait alone", Install.OPENED),
    /** Work without a selector: whoever does it looks at one channel after the other, and never sleeps. */
    MAXIMUM("the maximum", Install.NONE),
    /**
     * What is left when the selector costs nothing, or no more than the system calls that nobody can save: each measurement that has the row says what it is.
     */
    LIMIT("the limit", Install.OPENED);

    private static final String OPENS = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

    private static final double SECONDS_TO_START = 1;
    private static final double SECONDS_TO_WEAVE = 3;

    private enum Install { NONE, OPENED, PROPERTY, AGENT }

    private final String title;
    private final Install install;

    Subject(String title, Install install) {
        this.title = title;
        this.install = install;
    }

    /**
     * How the report calls it.
     *
     * @return a few words
     */
    public String title() {
        return title;
    }

    /**
     * How the command line calls it.
     *
     * @return the name in lower case, with hyphens
     */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * How long a JVM takes to become it, for the time that is announced.
     *
     * @return seconds, about
     */
    public double secondsToStart() {
        return install == Install.AGENT ? SECONDS_TO_WEAVE : SECONDS_TO_START;
    }

    /**
     * Flags of a JVM that is to be it.
     *
     * @param agentJar where the agent was built
     * @return the flags, none for what is not kevent
     */
    public List<String> jvmFlags(Path agentJar) {
        switch (install) {
            case OPENED:
                return List.of(OPENS);
            case PROPERTY:
                return List.of("-Djava.nio.channels.spi.SelectorProvider=io.kevent.provider.KeventSelectorProvider", OPENS);
            case AGENT:
                return List.of("-javaagent:" + agentJar + "=log=warning,required=true");
            default:
                return List.of();
        }
    }
}
