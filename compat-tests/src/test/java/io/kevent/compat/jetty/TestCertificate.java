// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1, made on the spot by the running JDK's keytool, and a client's context that trusts it alone. */
final class TestCertificate {
    static final String PASSWORD = "only-for-tests";

    private final Path keystore;

    private TestCertificate(Path keystore) {
        this.keystore = keystore;
    }

    static TestCertificate create(Path directory) throws IOException, InterruptedException {
        Path keystore = directory.resolve("server.p12");
        Path log = directory.resolve("keytool.log");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2", "-dname", "CN=127.0.0.1",
            "-ext", "SAN=IP:127.0.0.1", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", keystore.toString())
            .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS)) {
            keytool.destroyForcibly();
            throw new IOException("keytool did not end within 60 seconds");
        }
        if (keytool.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(log));
        }
        return new TestCertificate(keystore);
    }

    Path keystore() {
        return keystore;
    }

    SSLContext clientContext() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
