// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.ZooKeeperProgram;

/** ZooKeeper's NIO server and client. */
class ZooKeeperTest extends ServerContract {
    ZooKeeperTest() {
        super(ZooKeeperProgram.class);
    }
}
