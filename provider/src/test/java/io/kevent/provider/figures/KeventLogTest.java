// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** How much is said in the log. */
class KeventLogTest {
    /** Held here: the log manager holds loggers weakly. */
    private final Logger logger = Logger.getLogger("io.kevent");
    private final List<String> log = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            log.add(record.getMessage());
        }

        @Override
        public void flush() { }

        @Override
        public void close() { }
    };

    @BeforeEach
    void open() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void close() {
        KeventLog.limit(System.Logger.Level.ALL);
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    private List<String> said() {
        log.clear();
        KeventLog.log(System.Logger.Level.INFO, "information", null);
        KeventLog.log(System.Logger.Level.WARNING, "warning", null);
        return List.copyOf(log);
    }

    @Test
    void atFirstTheLoggerAloneDecides() {
        assertEquals(List.of("information", "warning"), said());
    }

    @Test
    void whatIsBelowTheLimitIsNotSaid() {
        KeventLog.limit(System.Logger.Level.WARNING);
        assertEquals(List.of("warning"), said());
    }

    @Test
    void nothingIsSaidWhereItIsOff() {
        KeventLog.limit(System.Logger.Level.OFF);
        assertEquals(List.of(), said());
    }
}
