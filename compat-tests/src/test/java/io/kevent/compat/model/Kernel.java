// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;

/**
 * What the kernel itself says of a channel's descriptor, by {@code poll(2)} and {@code FIONREAD}: an observation that needs no selector and no
 * registration, so it neither trusts the side under test nor changes what that side sees.
 */
final class Kernel {

    static final int IN = 0x1;
    static final int OUT = 0x4;
    static final int ERR = 0x8;
    static final int HUP = 0x10;
    static final int RDHUP = 0x2000;

    private static final MethodHandle DESCRIPTOR;
    private static final MethodHandle POLL;
    private static final MethodHandle AVAILABLE;
    private static final MethodHandle LOCAL_ADDRESS;
    private static final MethodHandle KILL;

    static {
        try {
            Class<?> net = Class.forName("sun.nio.ch.Net");
            Class<?> channel = Class.forName("sun.nio.ch.SelChImpl");
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(net, MethodHandles.lookup());
            DESCRIPTOR = lookup.findVirtual(channel, "getFD", MethodType.methodType(FileDescriptor.class))
                    .asType(MethodType.methodType(FileDescriptor.class, SelectableChannel.class));
            POLL = lookup.findStatic(net, "poll", MethodType.methodType(int.class, FileDescriptor.class, int.class, long.class));
            AVAILABLE = lookup.findStatic(net, "available", MethodType.methodType(int.class, FileDescriptor.class));
            LOCAL_ADDRESS = lookup.findStatic(net, "localAddress", MethodType.methodType(InetSocketAddress.class, FileDescriptor.class));
            KILL = lookup.findVirtual(channel, "kill", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, SelectableChannel.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Kernel() { }

    /** The readiness of an open channel, now. */
    static int poll(SelectableChannel channel) {
        try {
            return (int) POLL.invokeExact((FileDescriptor) DESCRIPTOR.invokeExact(channel), IN | OUT | RDHUP, 0L);
        } catch (Throwable e) {
            throw new AssertionError("poll of " + channel, e);
        }
    }

    /** The bytes that an open channel could read, now. */
    static int available(SelectableChannel channel) {
        try {
            return (int) AVAILABLE.invokeExact((FileDescriptor) DESCRIPTOR.invokeExact(channel));
        } catch (IOException e) {
            return -1;
        } catch (Throwable e) {
            throw new AssertionError("FIONREAD of " + channel, e);
        }
    }

    /** The local port of an open TCP socket, which a channel does not tell while it is connecting. */
    static int port(SelectableChannel channel) {
        try {
            return ((InetSocketAddress) LOCAL_ADDRESS.invokeExact((FileDescriptor) DESCRIPTOR.invokeExact(channel))).getPort();
        } catch (Throwable e) {
            throw new AssertionError("local address of " + channel, e);
        }
    }

    /** What a selector owes a closed channel when it is the last that lets it go. */
    static void letGo(SelectableChannel channel) throws IOException {
        try {
            KILL.invokeExact(channel);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("kill of " + channel, e);
        }
    }

    /** Spells out a readiness. */
    static String toString(int mask) {
        StringBuilder text = new StringBuilder();
        int[] bits = {IN, OUT, RDHUP, HUP, ERR};
        String[] names = {"IN", "OUT", "RDHUP", "HUP", "ERR"};
        for (int i = 0; i < bits.length; i++) {
            if ((mask & bits[i]) != 0) {
                text.append(text.length() == 0 ? "" : "|").append(names[i]);
            }
        }
        return text.length() == 0 ? "nothing" : text.toString();
    }
}
