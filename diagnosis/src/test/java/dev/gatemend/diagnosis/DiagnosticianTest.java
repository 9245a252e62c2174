package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.MatterBuilder.MASTER;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Symptom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the engine makes of a snapshot before any cause has spoken. */
class DiagnosticianTest {
    private static final Diagnostician WITHOUT_CAUSES = new Diagnostician(List.of());

    @Test
    void aQuietHostHasNoProblem() {
        assertThat(WITHOUT_CAUSES.diagnose(new MatterBuilder().snapshot())).isEmpty();
    }

    @Test
    void refusalsAtOnePeerAreOneProblemMadeByNginx() {
        Diagnosis diagnosis = only(refused());

        assertThat(diagnosis.symptom().madeBy()).isEqualTo(Maker.NGINX);
        assertThat(diagnosis.symptom().statuses()).isEqualTo(Map.of(502, 10L));
        assertThat(diagnosis.symptom().peer()).contains("127.0.0.1:8000");
        assertThat(diagnosis.unknown()).isEqualTo(1);
    }

    @Test
    void theAccessLogSaysHowManyRequestsOfHowMany() {
        MatterBuilder scene =
                refused()
                        .seen(access(502, "127.0.0.1:8000", "502", false, 12), "access.log", "f")
                        .seen(access(200, "127.0.0.1:8000", "200", true, 30), "access.log", "f");

        Symptom symptom = only(scene).symptom();

        assertThat(symptom.requests()).isEqualTo(12);
        assertThat(symptom.total()).hasValue(42);
    }

    @Test
    void anAttemptThatAnotherPeerMadeGoodIsCountedAsHidden() {
        MatterBuilder scene =
                refused()
                        .seen(
                                access(200, "127.0.0.1:8000, 127.0.0.1:8001", "502, 200", true, 7),
                                "access.log",
                                "f");

        assertThat(only(scene).symptom().hidden()).isEqualTo(7);
        assertThat(only(scene).symptom().requests()).isZero();
    }

    @Test
    void aStatusWithANumericHeaderTimeWasMadeByTheUpstream() {
        MatterBuilder scene =
                new MatterBuilder()
                        .seen(access(502, "127.0.0.1:8000", "502", true, 5), "access.log", "f");

        assertThat(only(scene).symptom().madeBy()).isEqualTo(Maker.UPSTREAM);
    }

    @Test
    void aStatusForWhichNoPeerWasAskedWasMadeByNginx() {
        MatterBuilder scene =
                new MatterBuilder().seen(access(503, "-", "-", false, 5), "access.log", "f");

        assertThat(only(scene).symptom().madeBy()).isEqualTo(Maker.NGINX);
    }

    @Test
    void clientsThatGaveUpAndScannersAreNoProblem() {
        MatterBuilder scene =
                new MatterBuilder()
                        .seen(access(499, "127.0.0.1:8000", "-", false, 50), "access.log", "f")
                        .seen(access(404, "-", "-", false, 5000), "access.log", "f");

        assertThat(WITHOUT_CAUSES.diagnose(scene.snapshot())).isEmpty();
    }

    @Test
    void theLastConnectionsOfADyingProcessBelongToItsRefusals() {
        MatterBuilder scene =
                refused()
                        .logged(
                                entry(
                                        "recv-econnreset-header",
                                        "recv() failed (104: Connection reset by peer)",
                                        104,
                                        "reading response header from upstream"),
                                2,
                                NOW.minusSeconds(61),
                                NOW.minusSeconds(60));

        assertThat(WITHOUT_CAUSES.diagnose(scene.snapshot())).hasSize(1);
    }

    @Test
    void cutsLongAfterTheRefusalsAreAProblemOfTheirOwn() {
        MatterBuilder scene =
                refused()
                        .logged(
                                entry(
                                        "recv-econnreset-header",
                                        "recv() failed (104: Connection reset by peer)",
                                        104,
                                        "reading response header from upstream"),
                                2,
                                NOW.minusSeconds(20),
                                NOW.minusSeconds(2));

        assertThat(WITHOUT_CAUSES.diagnose(scene.snapshot())).hasSize(2);
    }

    @Test
    void anNginxThatShouldRunAndDoesNotComesFirst() {
        MatterBuilder scene =
                refused()
                        .seen(
                                new NginxInstallation(
                                        "/usr/sbin/nginx",
                                        MASTER.version(),
                                        "/etc/nginx",
                                        "/srv/other/nginx.conf",
                                        Optional.of("nginx.service is enabled")),
                                "processes",
                                "p");

        List<Diagnosis> problems = WITHOUT_CAUSES.diagnose(scene.snapshot());

        assertThat(problems).hasSize(2);
        assertThat(problems.getFirst().symptom().kind()).isEqualTo(Symptom.Kind.NOT_RUNNING);
    }

    @Test
    void theSameSnapshotGivesTheSameAnswer() {
        MatterBuilder scene =
                refused().seen(access(502, "127.0.0.1:8000", "502", false, 12), "access.log", "f");

        assertThat(WITHOUT_CAUSES.diagnose(scene.snapshot()))
                .isEqualTo(WITHOUT_CAUSES.diagnose(scene.snapshot()));
    }

    private static Diagnosis only(MatterBuilder scene) {
        List<Diagnosis> problems = WITHOUT_CAUSES.diagnose(scene.snapshot());
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    private static MatterBuilder refused() {
        return new MatterBuilder()
                .peer("127.0.0.1:8000")
                .logged(
                        "connect-failed-econnrefused",
                        "connect() failed (111: Connection refused)",
                        111,
                        "connecting to upstream");
    }

    private static AccessGroup access(
            int status, String addresses, String statuses, boolean header, long count) {
        return new AccessGroup(
                MASTER.pid(),
                "/var/log/nginx/access.log",
                Optional.of("shop.example"),
                Optional.of("/"),
                status,
                Optional.of(addresses),
                Optional.of(statuses),
                Optional.of(header),
                count,
                Optional.of(NOW.minus(Duration.ofMinutes(2))),
                Optional.of(NOW.minusSeconds(1)),
                "sample",
                "/var/log/nginx/access.log:17");
    }

    /** Of such a proxy_pass nginx logs why, and asks nobody. */
    @Test
    void aPassWhoseVariablesComeToNoUrlIsNginxs() {
        Diagnosis diagnosis =
                only(
                        new MatterBuilder()
                                .logged(
                                        "invalid-url-prefix-runtime",
                                        "invalid URL prefix in \"http://\"",
                                        0,
                                        "")
                                .seen(
                                        Facts.configuration(
                                                PassKind.PROXY, "shop", List.of("127.0.0.1:8000")),
                                        "config",
                                        "nginx.conf")
                                .seen(
                                        Facts.access(
                                                500, "", NOW.minusSeconds(60), NOW.minusSeconds(1)),
                                        "access.log",
                                        "f"));

        assertThat(diagnosis.symptom().madeBy()).isEqualTo(Maker.NGINX);
        assertThat(diagnosis.seen()).anyMatch(e -> e.text().contains("invalid URL prefix"));
    }

    @Test
    void theCausesMaySayWhoMadeAStatusWhereTheLogsDoNot() {
        Matter matter =
                new MatterBuilder().peer("127.0.0.1:8000").trouble(Trouble.UPSTREAM_STATUS).build();

        assertThat(Makers.of(matter, List.of(finding("app-error", 0.95))))
                .isEqualTo(Maker.UPSTREAM);
        assertThat(
                        Makers.of(
                                matter,
                                List.of(
                                        finding("dependency-down", 0.66),
                                        finding("app-error", 0.33))))
                .isEqualTo(Maker.UPSTREAM);
        assertThat(Makers.of(matter, List.of(finding("app-error", 0.7)))).isEqualTo(Maker.UNKNOWN);
        assertThat(Makers.of(matter, List.of(finding("configured-error", 0.95))))
                .isEqualTo(Maker.UNKNOWN);
    }

    private static Finding finding(String cause, double probability) {
        return new Finding(cause, probability, "", "", List.of(), List.of(), List.of());
    }
}
