// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.GrpcProgram;

/** gRPC over Netty's NIO loops. */
class GrpcTest extends ServerContract {
    GrpcTest() {
        super(GrpcProgram.class);
    }
}
