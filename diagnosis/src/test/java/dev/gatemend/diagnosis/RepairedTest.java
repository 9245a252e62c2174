package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.Facts.access;
import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.written;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.entry;
import static dev.gatemend.diagnosis.MatterBuilder.reloadedAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.PassKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures of a configuration that is no longer served. */
class RepairedTest {
    private static final Instant FAILED = NOW.minusSeconds(40);
    private static final Instant LOADED = NOW.minusSeconds(30);

    @Test
    void saysThatItIsOverWhereRequestsAreAnsweredSinceAReload() {
        Diagnosis diagnosis = diagnose(NOW.minusSeconds(2));

        assertThat(diagnosis.symptom().ongoing()).isFalse();
        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.seen().stream().map(Evidence::text).toList().getFirst())
                .isEqualTo(
                        "nginx has loaded its configuration at 12:09:30, and requests were answered since");
    }

    @Test
    void saysThatItIsOverWhereNothingLeadsToThePeerAnyMore() {
        Diagnosis diagnosis = withPeers(LOADED, "10.0.0.7:8000");

        assertThat(diagnosis.symptom().ongoing()).isFalse();
        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.seen().getFirst().text())
                .isEqualTo(
                        "nginx has loaded its configuration at 12:09:30, and nothing in it leads to 127.0.0.1:8000");
    }

    @Test
    void judgesWhereThePeerIsStillNamedOrANameMayComeToIt() {
        assertThat(withPeers(LOADED, "10.0.0.7:8000", "127.0.0.1:8000").findings()).isNotEmpty();
        assertThat(withPeers(LOADED, "app.internal:8000").findings()).isNotEmpty();
    }

    @Test
    void judgesWhereThePeerWasOnlyTakenOutOfTheFiles() {
        assertThat(withPeers(FAILED.minusSeconds(600), "10.0.0.7:8000").findings()).isNotEmpty();
    }

    private static Diagnosis withPeers(Instant loaded, String... peers) {
        return Verdicts.all(
                        new MatterBuilder(reloadedAt(loaded))
                                .peer("127.0.0.1:8000")
                                .seen(
                                        written(
                                                configuration(
                                                        PassKind.PROXY, "shop", List.of(peers)),
                                                LOADED),
                                        "config",
                                        "nginx.conf")
                                .logged(
                                        entry(
                                                "connect-failed-econnrefused",
                                                "connect() failed (111: Connection refused)",
                                                111,
                                                "connecting to upstream"),
                                        4,
                                        FAILED,
                                        FAILED))
                .getFirst();
    }

    @Test
    void judgesByWhatItSeesWhereNothingWasAnsweredSince() {
        Diagnosis diagnosis = diagnose(NOW.minusSeconds(60));

        assertThat(diagnosis.findings()).isNotEmpty();
    }

    /** The error log knows seconds: 12:09:20 stands for whatever came before 12:09:21. */
    @Test
    void knowsALoadInTheSecondOfTheLastFailureByTheAnswersOfLaterOnes() {
        Instant loaded = FAILED.plusMillis(600);

        assertThat(diagnose(loaded, FAILED.plusSeconds(2)).symptom().ongoing()).isFalse();
        assertThat(diagnose(loaded, FAILED.plusSeconds(2)).findings()).isEmpty();
        assertThat(diagnose(loaded, FAILED).findings()).isNotEmpty();
    }

    @Test
    void takesNoFailureAfterALoadForOver() {
        assertThat(diagnose(FAILED.minusMillis(100), NOW.minusSeconds(2)).findings()).isNotEmpty();
    }

    private static Diagnosis diagnose(Instant lastAnswer) {
        return diagnose(LOADED, lastAnswer);
    }

    @Test
    void judgesWhereNginxWasStartedInTheSecondOfTheFailures() {
        Instant loaded = FAILED.plusMillis(600);
        MatterBuilder scene =
                failed(loaded, FAILED.plusSeconds(2))
                        .seen(
                                Facts.process(
                                        MatterBuilder.MASTER.pid(),
                                        "nginx",
                                        "nginx",
                                        'S',
                                        loaded,
                                        ""),
                                "processes",
                                "ps");

        assertThat(Verdicts.all(scene).getFirst().findings()).isNotEmpty();
    }

    private static Diagnosis diagnose(Instant loaded, Instant lastAnswer) {
        return Verdicts.all(failed(loaded, lastAnswer)).getFirst();
    }

    private static MatterBuilder failed(Instant loaded, Instant lastAnswer) {
        return new MatterBuilder(reloadedAt(loaded))
                .peer("127.0.0.1:8000")
                .logged(
                        entry(
                                "connect-failed-econnrefused",
                                "connect() failed (111: Connection refused)",
                                111,
                                "connecting to upstream"),
                        4,
                        FAILED,
                        FAILED)
                .seen(
                        access(200, "", NOW.minusSeconds(300), lastAnswer),
                        "access.log",
                        "/var/log/nginx/access.log");
    }
}
