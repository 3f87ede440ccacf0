package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onsale.gateway.support.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS by configuration alone: the settings here are those of docs/operations.md. */
class TlsTest {
    private static final String PASSWORD = "only for this test";

    @TempDir
    private Path directory;

    @Test
    void aRenewedCertificateIsShownWithoutARestartAndBrowsersAreToldToStayWithTls() throws Exception {
        issue("first");
        try (TestGateway gateway = new TestGateway(
                "server.ssl.bundle=edge",
                "server.ssl.enabled-protocols=TLSv1.3,TLSv1.2",
                "spring.ssl.bundle.pem.edge.keystore.certificate=" + directory.resolve("tls.crt"),
                "spring.ssl.bundle.pem.edge.keystore.private-key=" + directory.resolve("tls.key"),
                "spring.ssl.bundle.pem.edge.reload-on-update=true",
                "spring.ssl.bundle.watch.file.quiet-period=200ms")) {
            Visit visit = visit(gateway.port());
            assertThat(visit.subject()).isEqualTo("CN=first");
            assertThat(visit.answer())
                    .startsWith("HTTP/1.1 200")
                    .contains("Strict-Transport-Security: max-age=31536000; includeSubDomains");

            issue("renewed");
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(
                            () -> assertThat(visit(gateway.port()).subject()).isEqualTo("CN=renewed"));
        }
    }

    private record Visit(String subject, String answer) {}

    private static Visit visit(int port) throws IOException, GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new Anybody()}, null);
        try (Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            Certificate shown = ((SSLSocket) socket).getSession().getPeerCertificates()[0];
            socket.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Visit(((X509Certificate) shown).getSubjectX500Principal().getName(), answer);
        }
    }

    /** Puts a key and its certificate where the gateway looks, as a program that renews certificates does. */
    private void issue(String name) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "edge",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        replace(
                "tls.key",
                "PRIVATE KEY",
                keys.getKey("edge", PASSWORD.toCharArray()).getEncoded());
        replace("tls.crt", "CERTIFICATE", keys.getCertificate("edge").getEncoded());
    }

    private void replace(String file, String kind, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Path fresh = directory.resolve(file + ".new");
        Files.write(fresh, List.of("-----BEGIN " + kind + "-----", base64, "-----END " + kind + "-----"));
        Files.move(
                fresh,
                directory.resolve(file),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** The certificate is looked at by the test itself. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
