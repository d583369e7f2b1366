// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged as a warning or worse. */
final class Complaints extends Handler {
    private final Logger logger;
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    Complaints(String logger) {
        this.logger = Logger.getLogger(logger);
    }

    void begin() {
        logger.addHandler(this);
    }

    void end() {
        logger.removeHandler(this);
    }

    List<String> all() {
        return List.copyOf(heard);
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            heard.add(line.getMessage() + (line.getThrown() == null ? "" : ": " + line.getThrown()));
        }
    }

    @Override
    public void flush() { }

    @Override
    public void close() { }
}
