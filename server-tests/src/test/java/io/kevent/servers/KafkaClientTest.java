// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.KafkaClientProgram;

/** The network layer of Kafka's clients. */
class KafkaClientTest extends ServerContract {
    KafkaClientTest() {
        super(KafkaClientProgram.class);
    }
}
