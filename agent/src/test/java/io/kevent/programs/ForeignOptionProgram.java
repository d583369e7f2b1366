// SPDX-License-Identifier: Apache-2.0
package io.kevent.programs;

import io.kevent.KeventOps;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Tries options on a selector of the JDK, to be run as code that is excluded. */
public final class ForeignOptionProgram {
    private ForeignOptionProgram() { }

    private interface Attempt {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Pipe pipe = Pipe.open();
        pipe.sink().close();
        try (Selector selector = Selector.open(); Pipe.SourceChannel source = pipe.source()) {
            source.configureBlocking(false);
            print(() -> source.register(selector, SelectionKey.OP_READ | KeventOps.OP_EDGE));
            SelectionKey key = source.register(selector, SelectionKey.OP_READ);
            print(() -> key.interestOps(SelectionKey.OP_READ | KeventOps.OP_ONESHOT));
            print(() -> key.interestOpsOr(KeventOps.OP_DISPATCH));
            System.out.println(key.interestOps() + " " + KeventOps.supportedBy(selector));
        }
    }

    private static void print(Attempt attempt) throws Exception {
        try {
            attempt.run();
            System.out.println("accepted");
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }
}
