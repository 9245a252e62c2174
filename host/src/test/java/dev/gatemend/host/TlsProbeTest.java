package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.PeerProbe.Kind;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Setting;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes with a real nginx that refuses those who name no server. */
@Tag("root")
class TlsProbeTest {
    private static final String PICKY =
            """
            server { listen 127.0.0.1:PORT ssl default_server; ssl_reject_handshake on; }
            server {
                listen 127.0.0.1:PORT ssl;
                server_name api.example;
                ssl_certificate DIRECTORY/cert.pem;
                ssl_certificate_key DIRECTORY/key.pem;
                return 204;
            }
            """;

    @TempDir Path directory;

    @Test
    void succeedsWithTheNameThatNginxWouldNotSend() throws Exception {
        int port = freePort();
        try (RealNginx _ = picky(port)) {
            List<PeerProbe> probes =
                    probe(port, List.of(Given.setting("proxy_ssl_name", "api.example")));

            assertThat(tls(probes, Optional.empty()))
                    .isInstanceOfSatisfying(
                            ProbeOutcome.TlsFailed.class,
                            failed -> assertThat(failed.text()).contains("alert 112"));
            assertThat(tls(probes, Optional.of("api.example")))
                    .isInstanceOfSatisfying(
                            ProbeOutcome.Connected.class,
                            connected ->
                                    assertThat(connected.detail())
                                            .contains("TLSv1.", "CN=api.example"));
        }
    }

    @Test
    void sendsTheNameThatNginxSends() throws Exception {
        int port = freePort();
        try (RealNginx _ = picky(port)) {
            List<PeerProbe> probes =
                    probe(
                            port,
                            List.of(
                                    Given.setting("proxy_ssl_name", "api.example"),
                                    Given.setting("proxy_ssl_server_name", "on")));

            assertThat(probes)
                    .filteredOn(p -> p.kind() == Kind.TLS)
                    .singleElement()
                    .satisfies(
                            probe ->
                                    assertThat(probe.outcome())
                                            .isInstanceOf(ProbeOutcome.Connected.class));
        }
    }

    @Test
    void seesThatThePeerAsksForACertificate() throws Exception {
        int port = freePort();
        try (RealNginx _ = nginx(port, "ssl_verify_client optional_no_ca;" + PICKY)) {
            List<PeerProbe> probes =
                    probe(port, List.of(Given.setting("proxy_ssl_name", "api.example")));

            assertThat(tls(probes, Optional.of("api.example")))
                    .isInstanceOfSatisfying(
                            ProbeOutcome.Connected.class,
                            connected ->
                                    assertThat(connected.detail())
                                            .contains(PeerProbe.ASKS_FOR_CERTIFICATE));
        }
    }

    private RealNginx picky(int port) throws Exception {
        return nginx(port, PICKY);
    }

    private RealNginx nginx(int port, String http) throws Exception {
        Process openssl =
                new ProcessBuilder(
                                "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj"
                                        .concat(" /CN=api.example -keyout key.pem -out cert.pem")
                                        .split(" "))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        openssl.getInputStream().readAllBytes();
        assertThat(openssl.waitFor()).isZero();
        return RealNginx.start(
                directory,
                "user www-data;",
                http.replace("PORT", Integer.toString(port))
                        .replace("DIRECTORY", directory.toString()));
    }

    private static List<PeerProbe> probe(int port, List<Setting> settings) throws Exception {
        NginxConfiguration configuration = Given.passing("https", "127.0.0.1:" + port, settings);
        return Scene.real().seen(configuration).facts(new Probes(), PeerProbe.class);
    }

    private static ProbeOutcome tls(List<PeerProbe> probes, Optional<String> name) {
        return probes.stream()
                .filter(p -> p.kind() == Kind.TLS && p.serverName().equals(name))
                .map(PeerProbe::outcome)
                .findFirst()
                .orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
