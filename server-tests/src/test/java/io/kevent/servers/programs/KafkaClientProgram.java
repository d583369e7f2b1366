// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.util.Map;
import javax.net.ServerSocketFactory;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.network.ConnectionMode;
import org.apache.kafka.common.network.PlaintextChannelBuilder;
import org.apache.kafka.common.network.SslChannelBuilder;

/** The network layer of Kafka's clients, in the clear and over TLS, on a server that sends each message back. */
public final class KafkaClientProgram implements Program {
    private final MessageServer clearServer = new MessageServer();
    private final MessageServer secureServer = new MessageServer();
    private KafkaConnection clear;
    private KafkaConnection secure;

    @Override
    public Map<String, Integer> start(Certificate certificate) throws Exception {
        ChannelBuilder plain = new PlaintextChannelBuilder(null);
        plain.configure(Map.of());
        ChannelBuilder tls = new SslChannelBuilder(ConnectionMode.CLIENT, null, false);
        // its defaults and these
        tls.configure(new ConfigDef().withClientSslSupport().parse(Map.of(
                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PKCS12",
                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, certificate.keystore().toString(),
                SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, Certificate.PASSWORD)));
        clear = new KafkaConnection(plain, clearServer.start(ServerSocketFactory.getDefault()));
        secure = new KafkaConnection(tls, secureServer.start(certificate.context().getServerSocketFactory()));
        return Map.of();
    }

    @Override
    public void exchange() throws Exception {
        for (int size : Bodies.SIZES) {
            byte[] body = Bodies.random(size, size);
            Bodies.check("in the clear", body, clear.exchange(body));
            Bodies.check("over TLS", body, secure.exchange(body));
        }
    }

    @Override
    public void stop() throws Exception {
        clear.stop();
        secure.stop();
        clearServer.stop();
        secureServer.stop();
    }
}
