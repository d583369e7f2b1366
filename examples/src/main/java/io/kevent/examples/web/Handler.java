// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import io.kevent.EventBatch;
import java.io.IOException;

/** What a knote of the server has attached: it knows what to do with the knote's events. */
interface Handler {

    /**
     * Handles an event, by the thread that took it.
     *
     * @param event the batch, standing at the event
     * @throws IOException if something failed that the handler does not know how to deal with
     */
    void handle(EventBatch event) throws IOException;
}
