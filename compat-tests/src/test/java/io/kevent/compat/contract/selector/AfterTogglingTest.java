// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.Nested;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The contract again, on a selector whose keys have been turned off and on with data waiting, as servers do that hand a connection to a thread pool.
 * An implementation that learns from what it sees must not behave any other way for it.
 */
class AfterTogglingTest {

    private static void toggle(Selector selector) throws IOException {
        for (int i = 0; i < 12; i++) {
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink()) {
                SelectorContract.write(pipe, 1);
                source.configureBlocking(false);
                SelectionKey key = source.register(selector, OP_READ);
                assertEquals(1, selector.selectNow());
                key.interestOps(0);
                selector.selectedKeys().clear();
                assertEquals(0, selector.selectNow());
                key.interestOps(OP_READ);
                assertEquals(1, selector.selectNow());
                assertTrue(sink.isOpen());
            }
            assertEquals(0, selector.selectNow());
        }
    }

    @Nested
    class Reading extends LevelReadTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class Writing extends LevelWriteTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class HangingUp extends HangUpTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class ChangingInterest extends InterestChangeTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class ReadySets extends ReadySetTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class Connecting extends ConnectReadinessTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class Accepting extends AcceptReadinessTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class Datagrams extends DatagramReadinessTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class Pipes extends PipeReadinessTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class UnixDomain extends UnixDomainReadinessTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class Actions extends ActionEffectsTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class Cancelling extends CancelTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class Deregistering extends DeregistrationTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class ManyKeys extends ManyKeysTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }

    @Nested
    class SelectedKeys extends SelectedKeySetTest {
        @Override
        void prepare() throws IOException {
            toggle(selector);
        }
    }
}
