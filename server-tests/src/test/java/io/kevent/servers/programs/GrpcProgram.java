// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** gRPC's server and client, both on Netty's NIO loops and over TLS: a call that sends its argument back, and a stream that does so in pieces. */
public final class GrpcProgram implements Program {
    private static final int PATIENCE_SECONDS = 60;
    private static final int PIECES = 50;
    private static final MethodDescriptor<byte[], byte[]> UNARY = method(MethodType.UNARY, "unary");
    private static final MethodDescriptor<byte[], byte[]> STREAM = method(MethodType.BIDI_STREAMING, "stream");

    private final EventLoopGroup serverLoops = nioLoops();
    private final EventLoopGroup clientLoops = nioLoops();
    private Server server;
    private ManagedChannel client;

    /** gRPC takes the kernel's own transport by itself where it can. The class is an old name of NIO loops, and the only one in some versions. */
    @SuppressWarnings("deprecation")
    private static EventLoopGroup nioLoops() {
        return new NioEventLoopGroup(1);
    }

    private static MethodDescriptor<byte[], byte[]> method(MethodType type, String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder().setType(type).setFullMethodName(MethodDescriptor.generateFullMethodName("Echo", name))
                .setRequestMarshaller(new PlainBytes()).setResponseMarshaller(new PlainBytes()).build();
    }

    @Override
    public Map<String, Integer> start(Certificate certificate) throws Exception {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .bossEventLoopGroup(serverLoops).workerEventLoopGroup(serverLoops).channelType(NioServerSocketChannel.class)
                .sslContext(GrpcSslContexts.configure(SslContextBuilder.forServer(certificate.keys()), SslProvider.JDK).build())
                .maxInboundMessageSize(Answers.LARGEST)
                .addService(ServerServiceDefinition.builder("Echo")
                        .addMethod(UNARY, ServerCalls.asyncUnaryCall(GrpcProgram::echo))
                        .addMethod(STREAM, ServerCalls.asyncBidiStreamingCall(replies -> replies))
                        .build())
                .build().start();
        client = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .eventLoopGroup(clientLoops).channelType(NioSocketChannel.class)
                .sslContext(GrpcSslContexts.configure(SslContextBuilder.forClient().trustManager(certificate.trust()), SslProvider.JDK).build())
                .maxInboundMessageSize(Answers.LARGEST)
                .build();
        return Map.of();
    }

    private static void echo(byte[] request, StreamObserver<byte[]> reply) {
        reply.onNext(request);
        reply.onCompleted();
    }

    @Override
    public void exchange() throws Exception {
        CallOptions patience = CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (int size : Bodies.SIZES) {
            byte[] body = Bodies.random(size, size);
            Bodies.check("unary", body, ClientCalls.blockingUnaryCall(client, UNARY, patience, body));
        }
        List<byte[]> sent = new ArrayList<>();
        Replies replies = new Replies(new LinkedBlockingQueue<>());
        StreamObserver<byte[]> requests = ClientCalls.asyncBidiStreamingCall(client.newCall(STREAM, patience), replies);
        for (int i = 0; i < PIECES; i++) {
            sent.add(Bodies.random(i * i * 100, i));
            requests.onNext(sent.get(i));
        }
        requests.onCompleted();
        for (byte[] piece : sent) {
            Bodies.check("stream", piece, replies.next());
        }
    }

    @Override
    public void stop() throws Exception {
        client.shutdownNow().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        clientLoops.shutdownGracefully().sync();
        serverLoops.shutdownGracefully().sync();
    }

    private record Replies(BlockingQueue<Object> arrived) implements StreamObserver<byte[]> {
        @Override
        public void onNext(byte[] piece) {
            arrived.add(piece);
        }

        @Override
        public void onError(Throwable thrown) {
            arrived.add(thrown);
        }

        @Override
        public void onCompleted() {
            arrived.add("the end of the stream");
        }

        byte[] next() throws InterruptedException {
            Object next = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next instanceof byte[] piece) {
                return piece;
            }
            throw new IllegalStateException("instead of the next piece of the stream: " + next);
        }
    }
}
