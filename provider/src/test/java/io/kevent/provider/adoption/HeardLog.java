// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is logged while this is open, and shown to nobody else. */
final class HeardLog extends Handler implements AutoCloseable {
    /** Held here: the log manager holds loggers weakly. */
    private final Logger logger = Logger.getLogger("io.kevent");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private RuntimeException failure;

    HeardLog() {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    /** From now on the logger does not work. */
    void failWith(RuntimeException thrown) {
        failure = thrown;
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
        if (failure != null) {
            throw failure;
        }
    }

    void assertOne(Level level, String... parts) {
        assertEquals(1, records.size());
        assertEquals(level, records.get(0).getLevel());
        for (String part : parts) {
            assertTrue(records.get(0).getMessage().contains(part), () -> part + " is not in: " + records.get(0).getMessage());
        }
    }

    @Override
    public void flush() { }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
