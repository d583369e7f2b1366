// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.util.StringJoiner;

/**
 * The kernel's words for readiness and for how to be told of it; epoll and poll share the numbers, and those of readiness fit into a byte here. The one that
 * the kernel numbers otherwise is translated by whoever talks to it.
 */
public final class Events {
    /** Something can be read or accepted. */
    public static final int IN = 0x001;
    /** Urgent data is there, or was. */
    public static final int PRI = 0x002;
    /** Something can be written, or a connection attempt has ended. */
    public static final int OUT = 0x004;
    /** An error waits to be fetched; told without being asked for. */
    public static final int ERR = 0x008;
    /** Both directions are closed; told without being asked for. */
    public static final int HUP = 0x010;
    /** The descriptor is not open; told by a probe only. */
    public static final int NVAL = 0x020;

    /** The peer has closed its direction: an end of stream stands behind what can be read. */
    public static final int RDHUP = 0x040;

    /** From our number of {@link #RDHUP} to the kernel's, which is {@code 0x2000}. */
    private static final int RDHUP_SHIFT = 7;

    /** What is told without being asked for. */
    public static final int UNASKED = ERR | HUP;

    /** Tell one of several engines that watch the descriptor this way, not all of them. Accepted when a descriptor is added, never when modified. */
    public static final int EXCLUSIVE = 1 << 28;
    /** Tell once, and then nothing, whatever happens, until the descriptor is modified. */
    public static final int ONCE = 1 << 30;
    /** Tell once per change, not as long as it is so. */
    public static final int EDGE = 1 << 31;

    /** The bits that say how to be told, not of what. */
    public static final int MANNER = EXCLUSIVE | ONCE | EDGE;

    private Events() { }

    /**
     * What to ask the kernel for.
     *
     * @param events events and manner
     * @return the same in the kernel's numbers
     */
    static int toKernel(int events) {
        return events & ~RDHUP | (events & RDHUP) << RDHUP_SHIFT;
    }

    /**
     * What the kernel has answered.
     *
     * @param events events in the kernel's numbers
     * @return the same in ours
     */
    static int ofKernel(int events) {
        return events & (IN | PRI | OUT | ERR | HUP | NVAL | MANNER) | events >>> RDHUP_SHIFT & RDHUP;
    }

    /**
     * Spells out an event set, for messages.
     *
     * @param events events and manner
     * @return for example {@code IN|EDGE}
     */
    public static String toString(int events) {
        StringJoiner names = new StringJoiner("|");
        name(names, events, IN, "IN");
        name(names, events, PRI, "PRI");
        name(names, events, OUT, "OUT");
        name(names, events, ERR, "ERR");
        name(names, events, HUP, "HUP");
        name(names, events, NVAL, "NVAL");
        name(names, events, RDHUP, "RDHUP");
        name(names, events, EXCLUSIVE, "EXCLUSIVE");
        name(names, events, ONCE, "ONCE");
        name(names, events, EDGE, "EDGE");
        return names.length() == 0 ? "0" : names.toString();
    }

    private static void name(StringJoiner names, int events, int bit, String name) {
        if ((events & bit) != 0) {
            names.add(name);
        }
    }
}
