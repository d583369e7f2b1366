// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.jvm.Line;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;

/**
 * A JVM that registers many channels, and tells how much more lives in its heap afterwards: what the selector adds. The array in which a channel keeps its
 * keys is the channel's and lives as long as that; the channels have theirs from another selector, which they were registered with before.
 */
public final class MemoryMain {
    private MemoryMain() { }

    /**
     * Runs.
     *
     * @param args how many channels
     * @throws Exception if that fails
     */
    public static void main(String[] args) throws Exception {
        Line line = new Line();
        int keys = Integer.parseInt(args[0]);
        Selector selector = Selector.open();
        List<DatagramChannel> channels = new ArrayList<>(keys);
        for (int i = 0; i < keys; i++) {
            DatagramChannel channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channels.add(channel);
        }
        registerOnce(channels);
        liveBytes();
        long before = liveBytes();
        for (DatagramChannel channel : channels) {
            channel.register(selector, SelectionKey.OP_READ);
        }
        selector.selectNow();
        double perKey = (liveBytes() - before) / (double) keys;
        line.answer(Map.of("bytes", perKey));
        // both are to live until here
        if (selector.keys().size() != channels.size()) {
            throw new IllegalStateException(selector.keys().size() + " keys");
        }
        System.exit(0);
    }

    /**
     * So that the array that each channel keeps its keys in is there before, and what a JVM loads for its first selection. A method of its own: a variable would
     * keep the selector alive.
     */
    private static void registerOnce(List<DatagramChannel> channels) throws IOException {
        try (Selector other = Selector.open()) {
            for (DatagramChannel channel : channels) {
                channel.register(other, SelectionKey.OP_READ);
            }
            other.selectNow();
        }
    }

    /** By the JVM's own histogram of its heap, which collects what is dead first. */
    private static long liveBytes() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram", new Object[] {new String[0]}, new String[] {String[].class.getName()});
        // the last line is: Total, instances, bytes
        String total = Arrays.stream(histogram.split("\n")).filter(row -> row.startsWith("Total")).findFirst().orElseThrow();
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }
}
