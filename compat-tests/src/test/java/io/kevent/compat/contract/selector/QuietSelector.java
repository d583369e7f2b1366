// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.OpenFiles;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;

/** Main class of a child JVM that has never selected before: counts what a selector brings along that is used by a platform thread only. */
final class QuietSelector {

    private QuietSelector() { }

    public static void main(String[] args) throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        int files = OpenFiles.count();
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        try (Selector selector = Selector.open()) {
            SelectionKey key = pipe.source().register(selector, SelectionKey.OP_READ);
            for (int i = 0; i < 5; i++) {
                selector.select(1);
                key.interestOps(0);
                selector.selectNow();
                key.interestOps(SelectionKey.OP_READ);
            }
        }
        Set<Thread> now = Thread.getAllStackTraces().keySet();
        now.removeAll(threads);
        System.out.println((now.isEmpty() ? "no" : now) + " threads, " + (OpenFiles.count() - files) + " descriptors left");
    }
}
