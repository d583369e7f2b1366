// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel watches by one of the JDK's selectors, as the kernel tells it. */
public final class Watched {
    private static final Pattern WATCH = Pattern.compile("tfd:\\s*(\\d+)\\s+events:\\s*([0-9a-f]+)\\s.*");
    private static final Pattern COUNT = Pattern.compile("eventfd-count:\\s*([0-9a-f]+)\\s*");

    private Watched() { }

    /** The events that a key's channel is watched for, in the words of {@link Events#toString(int)}; what is told unasked is left out. */
    public static String channel(SelectionKey key) throws IOException {
        return descriptor(key.selector(), JdkChannels.descriptor(key.channel()));
    }

    /** The same of the selector's wake-up. */
    public static String wakeup(Selector selector) throws IOException {
        return descriptor(selector, new JdkSelector(selector).eventDescriptor());
    }

    private static String descriptor(Selector selector, int fd) throws IOException {
        for (String line : Files.readAllLines(info(new JdkSelector(selector).epollDescriptor()))) {
            Matcher watch = WATCH.matcher(line);
            if (watch.matches() && Integer.parseInt(watch.group(1)) == fd) {
                return Events.toString(Events.ofKernel(Integer.parseUnsignedInt(watch.group(2), 16)) & ~Events.UNASKED);
            }
        }
        return "not watched";
    }

    /** How often the selector's wake-up was rung since it was drained. */
    public static long rings(Selector selector) throws IOException {
        for (String line : Files.readAllLines(info(new JdkSelector(selector).eventDescriptor()))) {
            Matcher count = COUNT.matcher(line);
            if (count.matches()) {
                return Long.parseLong(count.group(1), 16);
            }
        }
        throw new IOException("the kernel tells nothing of the eventfd");
    }

    private static Path info(int fd) {
        return Path.of("/proc/self/fdinfo/" + fd);
    }

    /** What the selector believes of a key. */
    public static String believed(SelectionKey key) {
        int events = JdkSelector.watched(key);
        return events == 0 ? "not watched" : Events.toString(events);
    }

    /** Watches a channel behind the selector's back, so that the kernel refuses to watch it a second time. */
    public static void addUnseen(SelectionKey key) throws IOException {
        try (Engine engine = engine(key)) {
            engine.add(JdkChannels.descriptor(key.channel()), Events.IN);
        }
    }

    /** Takes it back. */
    public static void removeUnseen(SelectionKey key) throws IOException {
        try (Engine engine = engine(key)) {
            engine.remove(JdkChannels.descriptor(key.channel()));
        }
    }

    /** Has the kernel refuse from now on to watch a key's channel in another manner than now. */
    public static void freeze(SelectionKey key) throws IOException {
        freeze(key.selector(), JdkChannels.descriptor(key.channel()));
    }

    /** The same of the selector's wake-up. */
    public static void freezeWakeup(Selector selector) throws IOException {
        freeze(selector, new JdkSelector(selector).eventDescriptor());
    }

    private static void freeze(Selector selector, int fd) throws IOException {
        try (Engine engine = engine(selector)) {
            engine.remove(fd);
            // which is accepted when a descriptor is added, and never changed
            engine.add(fd, Events.IN | Events.EXCLUSIVE);
        }
    }

    private static Engine engine(SelectionKey key) {
        return engine(key.selector());
    }

    private static Engine engine(Selector selector) {
        return new EpollEngine(new JdkSelector(selector).epollDescriptor(), false);
    }
}
