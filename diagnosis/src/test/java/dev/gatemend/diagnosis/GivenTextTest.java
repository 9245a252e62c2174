package dev.gatemend.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Fact;
import dev.gatemend.model.Finding;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.GivenText.Kind;
import dev.gatemend.model.Maker;
import dev.gatemend.model.Observation;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Source;
import dev.gatemend.model.Symptom;
import dev.gatemend.model.Window;
import dev.gatemend.nginx.log.ErrorLogGrammar;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GivenTextTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String CONTEXT =
            ", client: 10.0.0.9, server: shop, request: \"GET / HTTP/1.1\", upstream: \"%s\"";

    private static List<Diagnosis> diagnose(Optional<String> errorLine, String... words) {
        List<Fact> facts = new ArrayList<>();
        List<GivenText.Line> lines = new ArrayList<>();
        errorLine.ifPresent(
                line -> {
                    facts.add(group(ErrorLogGrammar.parse(line).orElseThrow()));
                    lines.add(new GivenText.Line(1, Kind.ERROR_LOG, line));
                });
        for (String word : words) {
            lines.add(new GivenText.Line(lines.size() + 1, Kind.PROSE, word));
        }
        facts.add(new GivenText("stdin", false, lines));
        List<Observation> seen =
                facts.stream()
                        .map(f -> new Observation(f, new Source("text", "text"), NOW))
                        .toList();
        return new Diagnostician(Causes.all())
                .diagnose(
                        new Snapshot(
                                NOW,
                                "stdin",
                                ZoneOffset.UTC,
                                Window.endingAt(NOW, Duration.ofMinutes(15)),
                                seen));
    }

    private static ErrorGroup group(ErrorEntry entry) {
        Optional<String> peer =
                entry.upstream()
                        .map(u -> u.replaceFirst("^\\w+://", "").replaceFirst("(?<=.)[:/]*$", ""));
        return new ErrorGroup(
                0,
                "stdin",
                peer,
                entry.server(),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                entry,
                "stdin:1",
                1);
    }

    private static Optional<Finding> first(List<Diagnosis> problems) {
        return problems.stream().findFirst().flatMap(p -> p.findings().stream().findFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[CRITICAL] WORKER TIMEOUT (pid:17) | worker-timeout-kill",
                "the app is bound with --host 127.0.0.1 in its container | wrong-bind-address",
                "it works again after restarting nginx, the container has a new IP | stale-upstream-dns",
                "[emerg] bind() to 0.0.0.0:3000 failed: Error: listen EADDRINUSE | port-conflict",
                "Active: failed (Result: oom-kill) since Thu | out-of-memory",
                "invalid request block size: 5292 (max 4096)...skip | request-too-large-for-app",
                "Both are in different docker networks, 502 | docker-network-mismatch"
            })
    void wordsThatNameACauseSpeakForIt(String words, String cause) {
        assertThat(first(diagnose(Optional.empty(), words)).map(Finding::cause)).contains(cause);
    }

    @Test
    void wordsThatNameNoneAreUnknown() {
        List<Diagnosis> problems = diagnose(Optional.empty(), "the upstream is on another machine");

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().findings()).isEmpty();
        assertThat(problems.getFirst().unknown()).isEqualTo(1);
        assertThat(problems.getFirst().symptom().madeBy()).isEqualTo(Maker.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"502 Bad Gateway", "since monday the page is 502, what could it be?"})
    void aStatusAloneHasItsUsualCausesAndUnknownWeighsMost(String words) {
        Diagnosis bare = diagnose(Optional.empty(), words).getFirst();

        assertThat(bare.findings())
                .extracting(Finding::cause)
                .containsExactly("app-not-running", "wrong-port");
        assertThat(bare.findings()).allMatch(f -> f.probability() < bare.unknown());
        assertThat(bare.next()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "504 Gateway Time-out | slow-upstream-read-timeout",
                "POST gives 500 Internal Server Error, nginx's error log is empty | app-error"
            })
    void otherStatusesAloneHaveOthers(String words, String cause) {
        assertThat(first(diagnose(Optional.empty(), words)).map(Finding::cause)).contains(cause);
    }

    @Test
    void aStatusThatIsOnlySpokenOfIsNamedAndCountsNoRequest() {
        Symptom said =
                diagnose(Optional.empty(), "my site answers 502 since monday").getFirst().symptom();
        Symptom unsaid =
                diagnose(Optional.empty(), "nginx does not work since monday").getFirst().symptom();

        assertThat(said.statuses()).containsExactly(Map.entry(502, 0L));
        assertThat(said.requests()).isZero();
        assertThat(unsaid.statuses()).isEmpty();
    }

    @Test
    void ofSeveralStatusesNoneIsUsual() {
        assertThat(diagnose(Optional.empty(), "sometimes 502, sometimes 500").getFirst().findings())
                .isEmpty();
    }

    @Test
    void wordsForWhatEndsInNo504AreNotHeardWhereOnlyThatIsSpokenOf() {
        String keepalive =
                "is it because the connection was idle? server.keepAliveTimeout is 5 s, we get ";

        assertThat(first(diagnose(Optional.empty(), keepalive + "502")).map(Finding::cause))
                .contains("keepalive-race");
        assertThat(diagnose(Optional.empty(), keepalive + "504").getFirst().findings())
                .noneMatch(f -> f.cause().equals("keepalive-race"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "502, the container restarts with exitCode=139 | app-segfault",
                "502: worker=1 PID:13481 timeout (61s > 60s), killing | worker-timeout-kill",
                "502, and df says 100% | disk-full",
                "old content: nginx: [alert] kill(18, 1) failed (3: No such process) | config-not-reloaded",
                "502 after a login by POST only | keepalive-race"
            })
    void whatProgramsAndPeopleSayIsHeard(String words, String cause) {
        assertThat(first(diagnose(Optional.empty(), words)).map(Finding::cause)).contains(cause);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "502, the container says oom=false | out-of-memory",
                "the nginx access log is full of 502 | socket-permission",
                "SyntaxError: Unexpected token '<', it is not valid JSON, for the 502 page | app-crashed-at-start"
            })
    void whatOnlyLooksLikeItIsNot(String words, String cause) {
        assertThat(diagnose(Optional.empty(), words).getFirst().findings())
                .noneMatch(f -> f.cause().equals(cause));
    }

    @Test
    void textAboutSomethingElseIsNoProblem() {
        assertThat(diagnose(Optional.empty(), "buy milk", "and bread")).isEmpty();
    }

    @Test
    void oneRefusalIsHonestAboutBeingOneLine() {
        List<Diagnosis> problems =
                diagnose(
                        Optional.of(
                                "connect() failed (111: Connection refused) while connecting to upstream"
                                        + CONTEXT.formatted("http://127.0.0.1:8000/")));

        assertThat(first(problems).map(Finding::probability).orElse(1.0)).isLessThan(0.8);
        assertThat(problems.getFirst().next()).isNotEmpty();
    }

    @Test
    void aPortPublishedUnderAnotherNumberExplainsARefusalOfTheOuterOne() {
        Optional<String> refused =
                Optional.of(
                        "connect() failed (111: Connection refused) while connecting to upstream"
                                + CONTEXT.formatted("http://172.18.0.2:8000/"));

        assertThat(first(diagnose(refused, "ports: \"8000:80\"")).map(Finding::cause))
                .contains("wrong-port");
        assertThat(
                        first(diagnose(refused, "ports: \"8000:8000\""))
                                .filter(f -> f.probability() > 0.8))
                .isEmpty();
    }

    @Test
    void whereItSaysToListenIsHeldAgainstWhereNginxDials() {
        Optional<String> refused =
                Optional.of(
                        "connect() failed (111: Connection refused) while connecting to upstream"
                                + CONTEXT.formatted("http://10.0.0.5:8000/"));

        assertThat(
                        first(diagnose(refused, "Listening at: http://127.0.0.1:8000"))
                                .map(Finding::cause))
                .contains("wrong-bind-address");
        assertThat(first(diagnose(refused, "Server listening on port 5000")).map(Finding::cause))
                .contains("wrong-port");
        assertThat(first(diagnose(refused, "Server listening on port 8000")).map(Finding::cause))
                .isNotEqualTo(Optional.of("wrong-port"));
    }

    @Test
    void aSocketThatWasListenedOnAndIsGoneIsToldFromAnotherPath() {
        Optional<String> missing =
                Optional.of(
                        "connect() to unix:/run/app/app.sock failed (2: No such file or directory) while connecting to upstream"
                                + CONTEXT.formatted("http://unix:/run/app/app.sock:/"));

        assertThat(diagnose(missing, "Listening at: unix:/run/app/app.sock (812)"))
                .allSatisfy(
                        p ->
                                assertThat(p.findings())
                                        .extracting(Finding::cause)
                                        .startsWith("app-not-running", "socket-unlinked"));
        assertThat(
                        first(diagnose(missing, "Listening at: unix:/run/other/app.sock (812)"))
                                .map(Finding::cause))
                .contains("wrong-socket-path");
    }

    @Test
    void everyPhraseAndEveryRemedyIsOfACauseOfTheCatalogue() {
        Set<String> known =
                Causes.all().stream().map(c -> c.info().id()).collect(Collectors.toSet());

        assertThat(Phrases.all()).extracting(Phrase::cause).isSubsetOf(known);
        assertThat(known).allSatisfy(id -> assertThat(GeneralRemedies.of(id)).as(id).isPresent());
    }

    @Test
    void aHealthyApplicationsWordsSpeakForNothing() {
        List<Diagnosis> problems =
                diagnose(
                        Optional.empty(),
                        "nginx version: nginx/1.22.1",
                        "[INFO] Starting gunicorn 21.2.0",
                        "[INFO] Using worker: sync",
                        "server started",
                        "GET /health 200 in 3 ms");

        assertThat(problems).allSatisfy(p -> assertThat(p.findings()).isEmpty());
    }
}
