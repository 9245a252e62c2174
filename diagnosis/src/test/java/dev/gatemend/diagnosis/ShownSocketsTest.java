package dev.gatemend.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.model.Address;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Fact;
import dev.gatemend.model.Finding;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.GivenText.Kind;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Observation;
import dev.gatemend.model.ShownListeners;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.Source;
import dev.gatemend.model.Window;
import dev.gatemend.nginx.log.ErrorLogGrammar;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ShownSocketsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static Listener listener(String address) {
        return new Listener(
                Address.parse(address, 80).orElseThrow(),
                0,
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                -1,
                false,
                OptionalLong.empty());
    }

    private static ShownListeners shown(String program, String... addresses) {
        List<Listener> listeners =
                List.of(addresses).stream().map(ShownSocketsTest::listener).toList();
        return new ShownListeners(
                Optional.empty(),
                listeners,
                listeners.stream().map(_ -> program).toList(),
                List.of(),
                "stdin:3");
    }

    private static ShownListeners nobodyAt(int port) {
        return new ShownListeners(Optional.empty(), List.of(), List.of(), List.of(port), "stdin:3");
    }

    private static List<Diagnosis> diagnose(String peer, String pid, Fact... facts) {
        boolean unix = peer.startsWith("unix:");
        String line =
                "[error] %s#0: *1 connect() %sfailed (%s) while connecting to upstream, client: 10.0.0.9, server: shop, request: \"GET / HTTP/1.1\", upstream: \"http://%s/\""
                        .formatted(
                                pid,
                                unix ? "to " + peer + " " : "",
                                unix ? "2: No such file or directory" : "111: Connection refused",
                                unix ? peer + ":" : peer);
        ErrorEntry entry = ErrorLogGrammar.parse(line).orElseThrow();
        List<Fact> all = new ArrayList<>(List.of(facts));
        all.add(
                new ErrorGroup(
                        0,
                        "stdin",
                        Optional.of(peer),
                        entry.server(),
                        Optional.empty(),
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        entry,
                        "stdin:1",
                        1));
        all.add(
                new GivenText(
                        "stdin", false, List.of(new GivenText.Line(1, Kind.ERROR_LOG, line))));
        return new Diagnostician(Causes.all())
                .diagnose(
                        new Snapshot(
                                NOW,
                                "stdin",
                                ZoneOffset.UTC,
                                Window.endingAt(NOW, Duration.ofMinutes(15)),
                                all.stream()
                                        .map(
                                                f ->
                                                        new Observation(
                                                                f,
                                                                new Source("shown", "stdin:3"),
                                                                NOW))
                                        .toList()));
    }

    private static Finding first(List<Diagnosis> problems) {
        return problems.getFirst().findings().getFirst();
    }

    private static boolean speaks(List<Diagnosis> problems, String cause) {
        Finding finding = first(problems);
        return finding.cause().equals(cause) && finding.probability() >= 0.5;
    }

    @Test
    void speaksForWrongPortWhenTheOnlyApplicationIsAtAnother() {
        assertThat(
                        speaks(
                                diagnose("127.0.0.1:3000", "812", shown("node", "127.0.0.1:3001")),
                                "wrong-port"))
                .isTrue();
    }

    @Test
    void staysSilentWhenSeveralCouldBeMeantOrItIsADatabase() {
        Fact two = shown("node", "127.0.0.1:3001", "127.0.0.1:4000");

        assertThat(speaks(diagnose("127.0.0.1:3000", "812", two), "wrong-port")).isFalse();
        assertThat(
                        speaks(
                                diagnose(
                                        "127.0.0.1:3000", "812", shown("mysqld", "127.0.0.1:3306")),
                                "wrong-port"))
                .isFalse();
        assertThat(
                        speaks(
                                diagnose("127.0.0.1:3000", "812", shown("", "127.0.0.1:3306")),
                                "wrong-port"))
                .isFalse();
    }

    @Test
    void speaksForTheAddressWhenThePortIsTakenOnLoopbackAlone() {
        assertThat(
                        speaks(
                                diagnose("10.1.2.3:8080", "812", shown("java", "127.0.0.1:8080")),
                                "wrong-bind-address"))
                .isTrue();
    }

    @Test
    void staysSilentWhenThePortIsOpenToAll() {
        assertThat(
                        speaks(
                                diagnose("10.1.2.3:8080", "812", shown("java", "0.0.0.0:8080")),
                                "wrong-bind-address"))
                .isFalse();
    }

    @Test
    void speaksForTheOtherLoopbackAddress() {
        assertThat(
                        speaks(
                                diagnose("[::1]:3000", "812", shown("node", "127.0.0.1:3000")),
                                "ipv6-localhost"))
                .isTrue();
    }

    @Test
    void speaksForTheContainersOwnLoopbackWhenTheHostsIsTaken() {
        assertThat(
                        speaks(
                                diagnose("127.0.0.1:3000", "8", shown("node", "0.0.0.0:3000")),
                                "container-localhost"))
                .isTrue();
        assertThat(
                        speaks(
                                diagnose("127.0.0.1:3000", "812", shown("node", "0.0.0.0:3000")),
                                "container-localhost"))
                .isFalse();
    }

    @Test
    void speaksForNobodyWhereThePortWasAskedFor() {
        assertThat(speaks(diagnose("127.0.0.1:8000", "812", nobodyAt(8000)), "app-not-running"))
                .isTrue();
    }

    @Test
    void staysSilentWhereAnotherPortWasAskedFor() {
        assertThat(first(diagnose("127.0.0.1:8000", "812", nobodyAt(9000))).probability())
                .isLessThan(0.8);
    }

    @Test
    void speaksForAnotherSocketOfTheApplication() {
        Fact other = shown("php-fpm8.1", "unix:/run/php/php8.1-fpm.sock");

        assertThat(
                        speaks(
                                diagnose("unix:/run/php/php7.4-fpm.sock", "812", other),
                                "wrong-socket-path"))
                .isTrue();
        assertThat(
                        speaks(
                                diagnose(
                                        "unix:/run/php/php7.4-fpm.sock",
                                        "812",
                                        shown("sshd", "0.0.0.0:22")),
                                "wrong-socket-path"))
                .isFalse();
    }

    @Test
    void aTableOfTcpAloneSaysNothingOfUnixSockets() {
        SocketTable tcp = new SocketTable(0, List.of(listener("0.0.0.0:22")), false);

        assertThat(diagnose("unix:/run/app.sock", "812", tcp))
                .allSatisfy(
                        p ->
                                assertThat(p.findings())
                                        .flatExtracting(Finding::evidence)
                                        .noneMatch(e -> e.text().startsWith("nobody listens")));
    }

    @Test
    void whoListensWhenTheTableWasTypedMayHaveComeLater() {
        SocketTable later = new SocketTable(0, List.of(listener("127.0.0.1:3000")), false);

        assertThat(diagnose("127.0.0.1:3000", "812", later).getFirst().findings())
                .allMatch(f -> f.probability() < 0.8);
    }
}
