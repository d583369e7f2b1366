// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventKind;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import java.io.IOException;

/** A source of events that a test makes happen: what the contract of all knotes is run against. Nothing has happened when it is opened. */
abstract class SourceUnderTest implements AutoCloseable {
    final EventKind kind;

    /** The operations that it is watched for; 0 if its kind has none. */
    final int ops;

    private final String name;

    SourceUnderTest(String name, EventKind kind, int ops) {
        this.name = name;
        this.kind = kind;
        this.ops = ops;
    }

    /** Registers it, with its operations and the given flags. */
    abstract Knote register(KeventQueue queue, int flags, Object attachment) throws Exception;

    /** Makes it happen, for each knote of it. When this returns it has, as far as the process can know. */
    abstract void happen() throws Exception;

    /** Does what a program does about it: it is not ready any more. */
    void drain() throws Exception { }

    /** What its event tells of its kind. */
    int filterFlags() {
        return 0;
    }

    /** A flag that means nothing for it. */
    abstract int meaninglessFlag();

    @Override
    public abstract void close() throws IOException;

    @Override
    public String toString() {
        return name;
    }
}
