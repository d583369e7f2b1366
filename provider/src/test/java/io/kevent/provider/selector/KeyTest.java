// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a key's attachment can do to the selector: nothing. */
class KeyTest {
    private SimulatedSelector simulated;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
        key = simulated.register(OP_READ);
        key.attach(new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("by the test");
            }

            @Override
            public int hashCode() {
                throw new IllegalStateException("by the test");
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        simulated.close();
    }

    @Test
    void attachmentThatCannotBeSpelledOutDoesNotKeepTheKeyFromBeingSpelledOut() {
        assertTrue(key.toString().contains("interestOps=OP_READ"), key::toString);
    }

    @Test
    void attachmentThatCannotBeSpelledOutDoesNotHinderReports() throws IOException {
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void attachmentThatCannotBeSpelledOutDoesNotHinderRefusals() throws IOException {
        simulated.calls.failNext(Call.ADD);
        String message = "";
        try {
            simulated.select();
        } catch (IOException e) {
            message = e.getMessage();
        }
        assertTrue(message.contains("ENOSPC"), message);
    }
}
