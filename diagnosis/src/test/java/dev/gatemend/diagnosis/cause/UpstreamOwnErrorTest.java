package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.PassedOnFixture.PEER;
import static dev.gatemend.diagnosis.PassedOnFixture.access;
import static dev.gatemend.diagnosis.PassedOnFixture.listening;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpstreamOwnErrorTest {
    @Test
    void speaksWhenTheUpstreamsHeaderArrived() {
        Finding finding = first(passed(access(502, Optional.of(true))));

        assertThat(finding.cause()).isEqualTo("upstream-own-error");
        assertThat(finding.probability()).isGreaterThan(0.9);
        assertThat(finding.title())
                .isEqualTo("127.0.0.1:8000 answers 502 itself; nginx only passes it on");
    }

    @Test
    void namesTheProxyBehind() {
        Finding finding =
                first(
                        listening(
                                passed(access(503, Optional.of(true))),
                                "haproxy",
                                "haproxy.service"));

        assertThat(finding.cause()).isEqualTo("upstream-own-error");
        assertThat(finding.title()).contains("HAProxy at 127.0.0.1:8000 answers 503 itself");
        assertThat(finding.remedies().getFirst().steps().getFirst().command())
                .contains("journalctl -u haproxy.service");
    }

    @Test
    void aProxysHeaderInAProbeNamesItToo() {
        PeerProbe probe =
                new PeerProbe(
                        Address.parse(PEER, 80).orElseThrow(),
                        MatterBuilder.NETWORK,
                        PeerProbe.Kind.HTTP,
                        new ProbeOutcome.Answered(
                                "HTTP/1.1 503 Service Unavailable",
                                503,
                                80,
                                "HTTP/1.1 503 Service Unavailable\r\nserver: envoy"),
                        Duration.ofMillis(2));

        Finding finding =
                first(passed(access(503, Optional.of(true))).seen(probe, "probe", "curl"));

        assertThat(finding.title()).contains("envoy at 127.0.0.1:8000");
        assertThat(finding.probability()).isGreaterThan(0.8);
    }

    @Test
    void isLessSureWhenTheFormatDoesNotTell() {
        Diagnosis diagnosis = only(passed(access(502, Optional.empty())));

        assertThat(diagnosis.findings())
                .noneMatch(f -> f.cause().equals("upstream-own-error") && f.probability() > 0.5);
    }

    @Test
    void leavesItOpenWhereTheErrorLogWasNotRead() {
        Diagnosis diagnosis = only(passed(access(502, Optional.empty())));

        assertThat(diagnosis.symptom().madeBy()).isEqualTo(Maker.UNKNOWN);
        assertThat(diagnosis.unknown()).isGreaterThan(0.7);
        assertThat(diagnosis.toString()).doesNotContain("nginx logged no upstream error");
    }

    @Test
    void isNotPreferredWhereTheApplicationListens() {
        Finding finding =
                first(
                        listening(
                                passed(access(503, Optional.of(true))),
                                "gunicorn",
                                "shop.service"));

        assertThat(finding.cause()).isEqualTo("app-error");
    }

    @Test
    void staysSilentOn500() {
        assertThat(only(passed(access(500, Optional.of(true)))).findings())
                .noneMatch(f -> f.cause().equals("upstream-own-error"));
    }

    @Test
    void staysSilentWhereNginxLoggedTheFailure() {
        Judgement judgement =
                new UpstreamOwnError()
                        .judge(
                                new MatterBuilder()
                                        .peer(PEER)
                                        .logged(
                                                "connect-failed-econnrefused",
                                                "connect() failed (111: Connection refused)",
                                                111,
                                                "connecting to upstream")
                                        .seen(access(502, Optional.of(false)), "access.log", "f")
                                        .build());

        assertThat(told(judgement)).contains("NotConcerned");
    }

    static MatterBuilder passed(AccessGroup access) {
        return new MatterBuilder()
                .peer(PEER)
                .seen(Written.pass("http", PEER), "configuration", "nginx.conf")
                .seen(access, "access.log", "/var/log/nginx/access.log");
    }

    static Diagnosis only(MatterBuilder scene) {
        return new Diagnostician(Causes.all()).diagnose(scene.snapshot()).getFirst();
    }

    static Finding first(MatterBuilder scene) {
        return only(scene).findings().getFirst();
    }
}
