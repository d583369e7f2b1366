// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

/** One end of a connection that sends random bytes while it receives the other end's, and keeps the SHA-256 of both. */
final class Transfer {

    private static final int CHUNK = 1 << 16;

    private final SocketChannel channel;
    private final Random random;
    private final MessageDigest sent = sha256();
    private final MessageDigest received = sha256();
    private final ByteBuffer out = ByteBuffer.allocate(CHUNK).limit(0);
    private final ByteBuffer in = ByteBuffer.allocate(CHUNK);
    private long unsent;
    private boolean ended;

    Transfer(SocketChannel channel, long bytes, long seed) {
        this.channel = channel;
        this.unsent = bytes;
        this.random = new Random(seed);
    }

    /** Does what the key is ready for and takes out of its interest set what is finished. */
    void advance(SelectionKey key) throws IOException {
        if (key.isReadable()) {
            int n = channel.read(in.clear());
            if (n < 0) {
                ended = true;
                key.interestOpsAnd(~OP_READ);
            } else {
                received.update(in.flip());
            }
        }
        if (key.isWritable() && !write()) {
            channel.shutdownOutput();
            key.interestOpsAnd(~OP_WRITE);
        }
    }

    boolean isDone() {
        return ended && !hasMore();
    }

    String sent() {
        return HexFormat.of().formatHex(sent.digest());
    }

    String received() {
        return HexFormat.of().formatHex(received.digest());
    }

    /** Tells whether there is more to write. */
    private boolean write() throws IOException {
        if (!out.hasRemaining()) {
            random.nextBytes(out.array());
            out.clear().limit((int) Math.min(CHUNK, unsent));
            unsent -= out.remaining();
            sent.update(out.duplicate());
        }
        channel.write(out);
        return hasMore();
    }

    private boolean hasMore() {
        return unsent > 0 || out.hasRemaining();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
