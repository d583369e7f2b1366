// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.NettyProgram;

/** Netty 4.2 with its NIO loops. */
class NettyTest extends ServerContract {
    NettyTest() {
        super(NettyProgram.class);
    }
}
