// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** ZooKeeper's standalone server with its NIO transport, and its client with its own. TLS it has with Netty only. */
public final class ZooKeeperProgram implements Program {
    private static final int PATIENCE_SECONDS = 60;
    private static final int TICK_MILLIS = 2_000;
    private static final int CONNECTIONS = 60;
    /** ZooKeeper takes one megabyte at most. */
    private static final List<Integer> SIZES = List.of(0, 1, 1_000, 65_537, 900_000);

    private final NIOServerCnxnFactory server = new NIOServerCnxnFactory();
    private Path data;
    private ZooKeeper client;

    @Override
    public Map<String, Integer> start(Certificate certificate) throws Exception {
        data = Files.createTempDirectory("kevent-zookeeper-");
        server.configure(new InetSocketAddress("127.0.0.1", 0), CONNECTIONS, -1, false);
        server.startup(new ZooKeeperServer(data.toFile(), data.toFile(), TICK_MILLIS));
        CountDownLatch connected = new CountDownLatch(1);
        client = new ZooKeeper("127.0.0.1:" + server.getLocalPort(), (int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), event -> {
            if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        if (!connected.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("ZooKeeper's client found no server within " + PATIENCE_SECONDS + " seconds");
        }
        return Map.of();
    }

    @Override
    public void exchange() throws Exception {
        for (int size : SIZES) {
            byte[] body = Bodies.random(size, size);
            String node = client.create("/size-", body, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL);
            CountDownLatch deleted = new CountDownLatch(1);
            Bodies.check(node, body, client.getData(node, event -> deleted.countDown(), null));
            client.delete(node, -1);
            if (!deleted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the watch on " + node + " tells nothing within " + PATIENCE_SECONDS + " seconds");
            }
        }
    }

    @Override
    public void stop() throws Exception {
        client.close();
        server.shutdown();
        List<Path> files;
        try (Stream<Path> all = Files.walk(data)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
