// SPDX-License-Identifier: Apache-2.0
package io.kevent.programs;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

/** Knows nothing of kevent. Answers each line of its input with a line. */
public final class TargetProgram {
    /** What is to stay open. */
    private static final List<Closeable> KEPT = new ArrayList<>();

    /** What the thread of {@link #block} waits for. */
    private static final CountDownLatch RELEASE = new CountDownLatch(1);

    private static Thread waiter;
    private static SelectorProvider provider;

    /** The JVM forgets what is set of one that nobody keeps. */
    private static Logger logger;

    private TargetProgram() { }

    public static void main(String[] args) throws IOException {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(line.split(" ", 3)));
        }
    }

    private static String answer(String[] words) throws IOException {
        switch (words[0]) {
            case "select" -> {
                return select();
            }
            case "keep" -> {
                return keep(SelectorProvider.provider());
            }
            case "select-kept" -> {
                for (Closeable kept : KEPT) {
                    if (kept instanceof Selector selector) {
                        selector.selectNow();
                    }
                }
                return "selected";
            }
            case "block" -> {
                return block();
            }
            case "unblock" -> {
                RELEASE.countDown();
                return "unblocked";
            }
            case "wait" -> {
                waiter = new Thread(TargetProgram::selectForGood, "the waiter");
                waiter.setDaemon(true);
                waiter.start();
                return "waiting";
            }
            case "is-waiting" -> {
                return Arrays.stream(waiter.getStackTrace()).anyMatch(frame -> frame.isNativeMethod() && frame.getMethodName().equals("wait")) ? "yes" : "no";
            }
            case "wake" -> {
                ((Selector) KEPT.get(0)).wakeup();
                return "woken";
            }
            case "hold-provider" -> {
                provider = SelectorProvider.provider();
                return "held";
            }
            case "keep-of-held" -> {
                return keep(provider);
            }
            case "break-logger" -> {
                logger = Logger.getLogger(words[1]);
                logger.setFilter(message -> {
                    throw new IllegalStateException("the logger is broken");
                });
                return "broken";
            }
            case "set" -> {
                System.setProperty(words[1], words[2]);
                return "set";
            }
            case "get" -> {
                return System.getProperty(words[1]);
            }
            case "clear" -> {
                System.setProperties(new Properties());
                return "cleared";
            }
            case "refuse" -> {
                System.setProperties(new Refusing(System.getProperties(), words[1]));
                return "refused";
            }
            case "bean" -> {
                return bean(words[1], words[2]);
            }
            case "left" -> {
                return new TreeSet<>(System.getProperties().stringPropertyNames()).tailSet("io.kevent.agent.reply").stream()
                        .filter(name -> name.startsWith("io.kevent.agent.reply")).count() + " replies, "
                        + Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().contains("kevent")).count() + " threads";
            }
            case "thread" -> {
                return Boolean.toString(Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().equals(words[1])));
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /** System properties one of which cannot be set. */
    private static final class Refusing extends Properties {
        private static final long serialVersionUID = 1;

        private final String refused;

        Refusing(Properties properties, String refused) {
            putAll(properties);
            this.refused = refused;
        }

        @Override
        public synchronized Object setProperty(String name, String value) {
            if (name.equals(refused)) {
                throw new IllegalStateException(name + " cannot be set");
            }
            return super.setProperty(name, value);
        }
    }

    /** An attribute of a bean, "none" if that is not registered. Brings up JMX. */
    private static String bean(String name, String attribute) {
        try {
            return String.valueOf(ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(name), attribute));
        } catch (InstanceNotFoundException e) {
            return "none";
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Leaves a selector with a key open. */
    private static String keep(SelectorProvider from) throws IOException {
        Selector selector = from.openSelector();
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.source().register(selector, SelectionKey.OP_READ);
        selector.selectNow();
        KEPT.addAll(List.of(selector, pipe.source(), pipe.sink()));
        return selector.getClass().getSimpleName();
    }

    /** Selects once, without a bound, by the first selector that was kept. */
    private static void selectForGood() {
        try {
            ((Selector) KEPT.get(0)).select();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves a thread inside the action of a select of the first selector that was kept. */
    private static String block() throws IOException {
        Selector selector = (Selector) KEPT.get(0);
        ((Pipe.SinkChannel) KEPT.get(2)).write(ByteBuffer.allocate(1));
        CountDownLatch inside = new CountDownLatch(1);
        Thread thread = new Thread(() -> selectAndStay(selector, inside), "the blocker");
        thread.setDaemon(true);
        thread.start();
        try {
            return inside.await(30, TimeUnit.SECONDS) ? "blocked" : "not blocked";
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void selectAndStay(Selector selector, CountDownLatch inside) {
        try {
            selector.select(key -> {
                inside.countDown();
                try {
                    RELEASE.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String select() throws IOException {
        try (Selector selector = Selector.open()) {
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink()) {
                source.configureBlocking(false);
                source.register(selector, SelectionKey.OP_READ);
                sink.write(ByteBuffer.allocate(1));
                return selector.getClass().getSimpleName() + " selected " + selector.select();
            }
        }
    }
}
