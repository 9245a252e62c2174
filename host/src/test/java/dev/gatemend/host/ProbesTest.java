package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Address;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.Fact;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.PeerProbe.Kind;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesTest {
    private final Probes observer = new Probes();

    @TempDir Path directory;

    @Test
    void tellsAListenerFromAClosedPort() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(c -> c.outwait())) {
            String closed = "127.0.0.1:" + freePort();

            List<PeerProbe> probes = probe(Given.peers(server.address(), closed));

            assertThat(outcome(probes, server.address(), Kind.CONNECT))
                    .isInstanceOf(ProbeOutcome.Connected.class);
            assertThat(outcome(probes, closed, Kind.CONNECT))
                    .isEqualTo(new ProbeOutcome.ConnectFailed(111, "Connection refused"));
        }
    }

    @Test
    void sendsNothingToAPeerWithoutTrouble() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(c -> c.hear())) {
            List<PeerProbe> probes = probe(passing("http", server.address()));

            assertThat(probes).extracting(PeerProbe::kind).containsExactly(Kind.CONNECT);
            assertThat(server.received).isEmpty();
        }
    }

    @Test
    void asksAFailingHttpPeerAndKeepsItsHeaderButNoCookie() throws Exception {
        String answer =
                String.join(
                        "\r\n",
                        "HTTP/1.1 500 Oops",
                        "Content-Length: 0",
                        "Content-Length: 0",
                        "Set-Cookie: session=geheim",
                        "",
                        "");
        try (ScriptedServer server =
                ScriptedServer.start(
                        c -> {
                            c.hear();
                            c.say(answer);
                        })) {
            ProbeOutcome outcome =
                    outcome(
                            probe(passing("http", server.address()), failing(server, "x")),
                            server.address(),
                            Kind.HTTP);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            ProbeOutcome.Answered.class,
                            answered -> {
                                assertThat(answered.status()).isEqualTo(500);
                                assertThat(answered.headerBytes()).isEqualTo(answer.length());
                                assertThat(answered.header())
                                        .containsPattern("(?s)Content-Length: 0.*Content-Length: 0")
                                        .doesNotContain("geheim");
                                assertThat(answered.firstBytes()).doesNotContain("geheim");
                            });
            assertThat(server.received)
                    .singleElement()
                    .asString()
                    .startsWith("HEAD / HTTP/1.1\r\nHost: shop.example\r\n")
                    .contains("User-Agent: Gatemend/0.1 (health check)");
        }
    }

    @Test
    void doesNotSendHttpToAFastcgiPeer() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(c -> c.hear())) {
            NginxConfiguration configuration =
                    Given.passing("fastcgi", server.address(), List.of());

            List<PeerProbe> probes = probe(configuration, failing(server, "x"));

            assertThat(probes).extracting(PeerProbe::kind).containsExactly(Kind.CONNECT);
        }
    }

    /** The bytes by uWSGI's Protocol page; the answer is HTTP's. */
    @Test
    void asksAFailingUwsgiPeerInItsOwnProtocol() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(
                        c -> {
                            c.hear();
                            c.say("HTTP/1.1 200 OK\r\n\r\n");
                        })) {
            NginxConfiguration configuration = Given.passing("uwsgi", server.address(), List.of());

            List<PeerProbe> probes = probe(configuration, failing(server, "x"));

            assertThat(outcome(probes, server.address(), Kind.HTTP))
                    .isInstanceOfSatisfying(
                            ProbeOutcome.Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(200));
            String asked = server.received.getFirst();
            assertThat((int) asked.charAt(0)).isZero();
            assertThat(asked.charAt(1) + (asked.charAt(2) << 8)).isEqualTo(asked.length() - 4);
            assertThat(asked).contains("\16\0REQUEST_METHOD\4\0HEAD", "\11\0PATH_INFO\1\0/");
        }
    }

    @Test
    void sendsNoRequestToNginxItselfWhereItMayGoRound() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(c -> c.hear())) {
            NginxConfiguration loop =
                    Given.listening(passing("http", server.address()), server.address());

            List<PeerProbe> probes = probe(loop, failing(server, "x"));

            assertThat(probes).extracting(PeerProbe::kind).containsExactly(Kind.CONNECT);
            assertThat(server.received).isEmpty();
        }
    }

    @Test
    void tellsSilenceFromAClosedConnection() throws Exception {
        try (ScriptedServer silent = ScriptedServer.start(c -> c.outwait());
                ScriptedServer closing = ScriptedServer.start(c -> c.hear())) {
            assertThat(http(silent)).isInstanceOf(ProbeOutcome.Silent.class);
            assertThat(http(closing)).isInstanceOf(ProbeOutcome.Closed.class);
        }
    }

    @Test
    void hearsAServerThatTalksFirst() throws Exception {
        try (ScriptedServer ssh =
                ScriptedServer.start(
                        c -> {
                            c.say("SSH-2.0-OpenSSH_9.2\r\n");
                            c.outwait();
                        })) {
            ProbeOutcome outcome =
                    outcome(
                            probe(
                                    passing("http", ssh.address()),
                                    failing(ssh, "upstream-no-valid-http-header")),
                            ssh.address(),
                            Kind.BANNER);

            assertThat(outcome)
                    .isEqualTo(new ProbeOutcome.Answered("SSH-2.0-OpenSSH_9.2\r\n", -1, -1, ""));
        }
    }

    @Test
    void saysThatAPeerOfAnHttpsPassSpeaksNoTls() throws Exception {
        try (ScriptedServer plain =
                ScriptedServer.start(
                        c -> {
                            c.hear();
                            c.say("HTTP/1.1 400 Bad Request\r\n\r\n");
                        })) {
            ProbeOutcome outcome =
                    outcome(probe(passing("https", plain.address())), plain.address(), Kind.TLS);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            ProbeOutcome.TlsFailed.class,
                            failed -> assertThat(failed.text()).contains("does not speak TLS"));
        }
    }

    @Test
    void waitsNoLongerThanASecondForAFullQueue() throws Exception {
        try (ServerSocketChannel full = ServerSocketChannel.open()) {
            full.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1);
            int port = ((InetSocketAddress) full.getLocalAddress()).getPort();
            try (Crowd _ = Crowd.before(port)) {
                assertThat(
                                outcome(
                                        probe(Given.peers("127.0.0.1:" + port)),
                                        "127.0.0.1:" + port,
                                        Kind.CONNECT))
                        .isInstanceOf(ProbeOutcome.ConnectTimedOut.class);
            }
        }
    }

    @Test
    void tellsTheStatesOfUnixSocketsApart() throws Exception {
        String live = "unix:" + directory.resolve("live.sock");
        String stale = "unix:" + directory.resolve("stale.sock");
        String missing = "unix:" + directory.resolve("missing.sock");
        ScriptedServer.unix(directory.resolve("stale.sock"), "").close();
        try (ScriptedServer _ = ScriptedServer.unix(directory.resolve("live.sock"), "hello")) {
            List<PeerProbe> probes = probe(Given.peers(live, stale, missing));

            assertThat(outcome(probes, live, Kind.CONNECT))
                    .isInstanceOf(ProbeOutcome.Connected.class);
            assertThat(outcome(probes, stale, Kind.CONNECT))
                    .isEqualTo(new ProbeOutcome.ConnectFailed(111, "Connection refused"));
            assertThat(outcome(probes, missing, Kind.CONNECT))
                    .isEqualTo(new ProbeOutcome.ConnectFailed(2, "No such file or directory"));
        }
    }

    @Test
    void asksAFailingHttpPeerOverItsUnixSocket() throws Exception {
        Path path = directory.resolve("app.sock");
        try (ScriptedServer _ = ScriptedServer.unix(path, "HTTP/1.0 204 No Content\r\n\r\n")) {
            String address = "unix:" + path;
            Fact trouble = Given.errors("x", "failed", Optional.of(address));

            ProbeOutcome outcome =
                    outcome(probe(passing("http", address), trouble), address, Kind.HTTP);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            ProbeOutcome.Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(204));
        }
    }

    @Test
    void probesEveryAddressOfAName() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(c -> c.outwait())) {
            String port = server.address().substring(server.address().indexOf(':'));
            DnsLookup lookup =
                    new DnsLookup(
                            "app",
                            DnsLookup.LIBC,
                            DnsLookup.Outcome.FOUND,
                            List.of("127.0.0.1", "::1"));

            List<PeerProbe> probes = probe(Given.peers("app" + port), lookup);

            assertThat(outcome(probes, server.address(), Kind.CONNECT))
                    .isInstanceOf(ProbeOutcome.Connected.class);
            assertThat(outcome(probes, "[::1]" + port, Kind.CONNECT))
                    .isInstanceOf(ProbeOutcome.ConnectFailed.class);
        }
    }

    @Test
    void reassuresItselfThatHundredsOfPeersFitIntoItsTime() throws Exception {
        String[] peers = new String[500];
        for (int i = 0; i < peers.length; i++) {
            peers[i] = "127.0.1." + (i % 250 + 1) + ":" + (i < 250 ? 1 : 2);
        }
        long started = System.nanoTime();

        List<PeerProbe> probes = probe(Given.peers(peers));

        assertThat(probes).hasSize(500);
        assertThat(System.nanoTime() - started).isLessThan(observer.limit().toNanos());
    }

    private ProbeOutcome http(ScriptedServer server) throws Exception {
        return outcome(
                probe(passing("http", server.address()), failing(server, "x")),
                server.address(),
                Kind.HTTP);
    }

    private List<PeerProbe> probe(Fact... facts) throws Exception {
        return Scene.real().seen(facts).facts(observer, PeerProbe.class);
    }

    private static Fact failing(ScriptedServer server, String id) {
        return Given.errors(id, "failed", Optional.of(server.address()));
    }

    private static NginxConfiguration passing(String scheme, String address) {
        Setting host = Given.setting("proxy_set_header", "Host", "$host");
        return Given.passing(scheme, address, List.of(host));
    }

    private static ProbeOutcome outcome(List<PeerProbe> probes, String address, Kind kind) {
        return probes.stream()
                .filter(p -> p.peer().equals(Address.parse(address, 80).orElseThrow()))
                .filter(p -> p.kind() == kind)
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
