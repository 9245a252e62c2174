package dev.gatemend.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Version;
import dev.gatemend.nginx.config.CompiledDefaults;
import dev.gatemend.nginx.config.ConfigurationFiles;
import dev.gatemend.nginx.config.ConfigurationReader;
import dev.gatemend.nginx.traffic.Maker;
import dev.gatemend.nginx.traffic.TrafficEvent;
import dev.gatemend.nginx.traffic.TrafficEvent.Attempt;
import dev.gatemend.nginx.traffic.TrafficEvent.Kind;
import dev.gatemend.nginx.traffic.TrafficEvent.Said;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final String FILE = "/etc/nginx/nginx.conf";
    private static final String ALONE = "127.0.0.1:8000";
    private static final String ONE_OF_TWO = "10.0.0.2:8000";

    private final Places places =
            new Places(
                    List.of(
                            configuration(
                                    """
                                    events {}
                                    http {
                                        upstream shop { server 10.0.0.2:8000; server 10.0.0.3:8000; }
                                        server { server_name shop.example; location / { proxy_pass http://shop; } }
                                        server { server_name blog.example; location / { proxy_pass http://127.0.0.1:8000; } }
                                    }
                                    """)));

    @Test
    void anEntryOfAPeerAloneIsAFailedRequest() {
        Optional<Failure> failure = places.failure(entry(ALONE));

        assertThat(failure.orElseThrow().hidden()).isFalse();
        assertThat(failure.orElseThrow().place().name()).isEqualTo(ALONE);
    }

    @Test
    void anEntryOfOneOfSeveralPeersIsAnAttemptUntilItsRequestIsSeen() {
        assertThat(places.failure(entry(ONE_OF_TWO)).orElseThrow().hidden()).isTrue();
        assertThat(places.failure(failed(ONE_OF_TWO, true)).orElseThrow().hidden()).isFalse();
        assertThat(places.failure(event(Kind.RETRIED, 200, ONE_OF_TWO, true, "shop.example")))
                .isEmpty();
    }

    @Test
    void aRequestWhoseEntryWasTakenAlreadyIsNotCountedAgain() {
        assertThat(places.failure(failed(ALONE, true))).isEmpty();
        assertThat(places.failure(failed(ALONE, false))).isPresent();
    }

    @Test
    void whatAClientCallsItsHostIsNoPlace() {
        TrafficEvent known = event(Kind.FAILED, 503, "", false, "shop.example");
        TrafficEvent invented = event(Kind.FAILED, 503, "", false, "x7f3.example");

        assertThat(places.failure(known).orElseThrow().place().kind()).isEqualTo(Place.Kind.SITE);
        assertThat(places.failure(invented).orElseThrow().place())
                .isEqualTo(new Place(Place.Kind.LOG, "access.log"));
    }

    private static TrafficEvent entry(String peer) {
        return event(Kind.ENTRY, 0, peer, false, "shop.example");
    }

    private static TrafficEvent failed(String peer, boolean told) {
        return event(Kind.FAILED, 502, peer, told, "shop.example");
    }

    private static TrafficEvent event(
            Kind kind, int status, String peer, boolean told, String site) {
        boolean request = kind != Kind.ENTRY;
        return new TrafficEvent(
                kind,
                Optional.of(Instant.parse("2026-11-22T09:00:00Z")),
                request ? OptionalInt.of(status) : OptionalInt.empty(),
                Maker.NGINX,
                request && !peer.isEmpty() ? List.of(new Attempt(peer, 502)) : List.of(),
                Optional.empty(),
                Optional.of(site),
                Optional.of("GET"),
                Optional.of("/cart"),
                Optional.of("203.0.113.1"),
                Optional.empty(),
                Optional.of(
                        new Said(
                                Optional.empty(),
                                Optional.of("error"),
                                "connect() failed (111: Connection refused)",
                                Optional.of(peer).filter(p -> !p.isEmpty()),
                                Optional.empty(),
                                told)),
                "access.log",
                Optional.of("line"));
    }

    private static NginxConfiguration configuration(String text) {
        return ConfigurationReader.read(
                new ConfigurationFiles() {
                    @Override
                    public byte[] read(String path, int limit) {
                        return text.getBytes(StandardCharsets.UTF_8);
                    }

                    @Override
                    public List<String> list(String directory) throws NoSuchFileException {
                        throw new NoSuchFileException(directory);
                    }

                    @Override
                    public boolean exists(String path) {
                        return path.equals(FILE);
                    }

                    @Override
                    public Optional<Instant> modified(String path) {
                        return Optional.empty();
                    }
                },
                FILE,
                "/usr/share/nginx",
                new Version(1, 22, 1),
                Optional.empty(),
                CompiledDefaults.NONE);
    }
}
