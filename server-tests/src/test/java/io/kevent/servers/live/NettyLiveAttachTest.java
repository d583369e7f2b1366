// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import io.kevent.servers.programs.NettyProgram;

/** Netty's NIO loops. */
class NettyLiveAttachTest extends LiveAttachContract {
    NettyLiveAttachTest() {
        super(NettyProgram.class);
    }
}
