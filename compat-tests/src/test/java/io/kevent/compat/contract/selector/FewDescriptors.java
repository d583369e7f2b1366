// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.OpenFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

import static java.nio.channels.SelectionKey.OP_READ;

/** Main class of a child JVM that may have few descriptors: runs out of them, and goes on. */
final class FewDescriptors {

    private static final int MORE_THAN_A_PROCESS_COULD_HAVE = 1 << 20;
    private static final int UPDATES = 100_000;

    private FewDescriptors() { }

    public static void main(String[] args) throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        try (Selector selector = Selector.open()) {
            SelectionKey key = pipe.source().register(selector, OP_READ);
            // what is done for the first time loads classes, for which there would be no descriptor later on
            use(pipe, key);
            runOut(pipe, key);
            int before = OpenFiles.count();
            for (int i = 0; i < 5; i++) {
                runOut(pipe, key);
                require(OpenFiles.count() == before, "descriptors left over: " + (OpenFiles.count() - before));
            }
            for (int i = 0; i < UPDATES; i++) {
                key.interestOps(i % 2 == 0 ? 0 : OP_READ);
            }
            use(pipe, key);
        }
        System.out.println("done");
    }

    private static void runOut(Pipe pipe, SelectionKey key) throws IOException {
        List<Selector> opened = new ArrayList<>();
        try {
            while (opened.size() < MORE_THAN_A_PROCESS_COULD_HAVE) {
                opened.add(Selector.open());
            }
            throw new IllegalStateException("the limit is not in force");
        } catch (IOException e) {
            require(!opened.isEmpty(), "not one selector could be opened: " + e);
            use(pipe, key);
        } finally {
            for (Selector selector : opened) {
                selector.close();
            }
        }
    }

    private static void use(Pipe pipe, SelectionKey key) throws IOException {
        Selector selector = key.selector();
        pipe.sink().write(ByteBuffer.allocate(1));
        for (int i = 0; i < 3; i++) {
            key.interestOps(0);
            selector.selectedKeys().clear();
            require(selector.selectNow() == 0, "reported with the interest off");
            key.interestOps(OP_READ);
            require(selector.select() == 1 && selector.selectedKeys().remove(key), "not reported with the interest on");
        }
        require(pipe.source().read(ByteBuffer.allocate(2)) == 1, "nothing to read");
        require(selector.selectNow() == 0, "reported with nothing to read");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
