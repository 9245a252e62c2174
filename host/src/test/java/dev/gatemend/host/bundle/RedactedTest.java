package dev.gatemend.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Identity;
import dev.gatemend.model.JournalLine;
import dev.gatemend.model.LocalAddresses;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Version;
import dev.gatemend.nginx.config.CompiledDefaults;
import dev.gatemend.nginx.config.ConfigurationReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RedactedTest {
    private static final Instant AT = Instant.parse("2026-11-21T11:20:40Z");

    private static final Snapshot TALKATIVE =
            BundleTest.snapshot(
                    new LocalAddresses(1, List.of("198.51.100.7")),
                    process("app --db-password hunter2 --port 8000"),
                    new JournalLine(
                            "app.service", AT, "login of jane@shop.example failed, token=t0k3n"),
                    new JournalLine("app@1.service", AT, "app@1.service: Failed, token=t0k3n"),
                    error("203.0.113.9", "GET /reset?mail=jane&code=c0de HTTP/1.1"),
                    error("198.51.100.7", "GET / HTTP/1.1"),
                    access(
                            "203.0.113.9 - - [21/Nov/2026:11:20:40 +0000] \"GET /a?b=qu3ry HTTP/1.1\" 502 2001:db8::9"),
                    configuration());

    @Test
    void nothingSecretReachesTheBytesOfABundle() throws IOException {
        Redacted redacted = Redacted.of(TALKATIVE);
        String text = new String(BundleTest.write(redacted.snapshot()), StandardCharsets.UTF_8);

        assertThat(text)
                .doesNotContain(
                        "hunter2",
                        "t0k3n",
                        "c0de",
                        "qu3ry",
                        "jane",
                        "203.0.113.9",
                        "2001:db8::9",
                        "w0rd",
                        "s1gned",
                        "b4sic")
                .contains("--port 8000", "app@1.service: Failed", "198.51.100.7", "11:20:40 +0000")
                .contains("$http_x_api_key", "secure_link_md5", "http://127.0.0.1:8000");
        assertThat(redacted.tally()).isEqualTo(new Bundle.Tally(8, 3));
    }

    @Test
    void equalSecretsAreReplacedByEqualWords() {
        assertThat(Redacted.of(TALKATIVE).snapshot().facts(JournalLine.class))
                .extracting(JournalLine::text)
                .containsExactly(
                        "login of [client-1] failed, token=[redacted-2]",
                        "app@1.service: Failed, token=[redacted-2]");
    }

    @Test
    void doingItTwiceChangesNothingMore() {
        Snapshot once = Redacted.of(TALKATIVE).snapshot();
        Redacted twice = Redacted.of(once);

        assertThat(twice.snapshot()).isEqualTo(once);
        assertThat(twice.tally()).isEqualTo(new Bundle.Tally(0, 0));
    }

    @Test
    void whatIsShownOfItCarriesNoNumbers() {
        assertThat(Secrets.hide("from [client-1] with token=[redacted-2]"))
                .isEqualTo("from [redacted] with token=[redacted]");
    }

    @Test
    void aSnapshotWithoutSecretsIsHandedBackAsItIs() {
        Snapshot quiet = BundleTest.snapshot(process("app --port 8000"));

        assertThat(Redacted.of(quiet).snapshot()).isSameAs(quiet);
    }

    @Test
    void levelsOfSettingsGoOnSharingWhatTheyShared() {
        NginxConfiguration rest =
                Redacted.of(TALKATIVE)
                        .snapshot()
                        .facts(NginxConfiguration.class)
                        .findFirst()
                        .orElseThrow();
        Settings server = rest.sites().getFirst().settings().outer().orElseThrow();

        assertThat(rest.allLocations())
                .allSatisfy(
                        location ->
                                assertThat(around(location.settings()))
                                        .anySatisfy(
                                                level ->
                                                        assertThat(level.byName())
                                                                .isSameAs(server.byName())));
        assertThat(server.all("proxy_set_header"))
                .extracting(Setting::toString)
                .contains("proxy_set_header Authorization [redacted-6]");
    }

    private static List<Settings> around(Settings settings) {
        List<Settings> levels = new java.util.ArrayList<>(List.of(settings));
        while (levels.getLast().outer().isPresent()) {
            levels.add(levels.getLast().outer().get());
        }
        return levels;
    }

    private static NginxConfiguration configuration() {
        return ConfigurationReader.read(
                new OneFile(
                        """
                        events {}
                        http {
                            server {
                                server_name shop.example;
                                proxy_set_header Authorization "Basic b4sicb4sic";
                                proxy_set_header X-Api-Key $http_x_api_key;
                                secure_link_md5 "$uri w0rd";
                                location / { proxy_pass http://127.0.0.1:8000/?api_key=s1gned; }
                                location /b { fastcgi_param DB_PASSWORD w0rd; fastcgi_pass 127.0.0.1:9000; }
                            }
                        }
                        """),
                OneFile.PATH,
                "/etc/nginx",
                new Version(1, 22, 1),
                Optional.empty(),
                CompiledDefaults.NONE);
    }

    private static ProcessState process(String command) {
        return new ProcessState(
                7,
                1,
                "app",
                command,
                new Identity("app", 1000, 1000, List.of()),
                'S',
                AT,
                Namespaces.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                1,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of());
    }

    private static ErrorGroup error(String client, String request) {
        return new ErrorGroup(
                1,
                "/var/log/nginx/error.log",
                Optional.of("127.0.0.1:8000"),
                Optional.of("shop.example"),
                Optional.of("/"),
                1,
                Optional.of(AT),
                Optional.of(AT),
                new ErrorEntry(
                        Optional.empty(),
                        true,
                        Optional.of("error"),
                        Optional.empty(),
                        OptionalInt.of(1),
                        OptionalLong.of(2),
                        "connect() failed (111: Connection refused)",
                        OptionalInt.of(111),
                        Optional.of("connecting to upstream"),
                        Optional.of(client),
                        Optional.of("shop.example"),
                        Optional.of(request),
                        Optional.empty(),
                        Optional.of("http://127.0.0.1:8000/"),
                        Optional.of("shop.example"),
                        Optional.empty(),
                        0,
                        false),
                "/var/log/nginx/error.log:1",
                1);
    }

    private static AccessGroup access(String line) {
        return new AccessGroup(
                1,
                "/var/log/nginx/access.log",
                Optional.empty(),
                Optional.empty(),
                502,
                Optional.of("127.0.0.1:8000"),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.of(AT),
                Optional.of(AT),
                line,
                "/var/log/nginx/access.log:1");
    }
}
