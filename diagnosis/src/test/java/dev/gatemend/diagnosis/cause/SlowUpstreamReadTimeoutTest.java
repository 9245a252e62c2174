package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.setting;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.entry;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.ProbeOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The request takes longer than nginx waits. */
class SlowUpstreamReadTimeoutTest {
    @Test
    void speaksWhenOtherRequestsToThePeerAreAnsweredAndNamesTheTimeoutInEffect() {
        Diagnosis diagnosis =
                diagnose(
                        timedOut()
                                .seen(
                                        configuration(
                                                PassKind.PROXY,
                                                "shop",
                                                List.of(PEER),
                                                setting("proxy_read_timeout", "10s")),
                                        "config",
                                        "nginx.conf")
                                .seen(
                                        answered(PEER, NOW.minusSeconds(600), NOW),
                                        "access.log",
                                        "f"));

        Finding verdict = assertVerdict(diagnosis, "slow-upstream-read-timeout", 0.9);
        assertThat(verdict.title())
                .isEqualTo("requests to 127.0.0.1:8000 take longer than proxy_read_timeout 10s");
        assertThat(verdict.explanation())
                .contains("proxy_read_timeout 10s (/etc/nginx/conf.d/shop.conf:9)");
        assertThat(diagnosis.provisional()).isFalse();
    }

    /** Cut off behind its header an answer stands in the access log as one of status 200. */
    @Test
    void countsNoAnswerThatWasCutOffAmongTheOthers() {
        assertThat(cutOff(20).toString()).contains("it answered 30 other requests meanwhile");
        assertThat(cutOff(50).toString()).doesNotContain("other requests meanwhile");
    }

    private static Diagnosis cutOff(long count) {
        return diagnose(
                new MatterBuilder()
                        .peer(PEER)
                        .logged(
                                entry(
                                        "upstream-timed-out",
                                        "upstream timed out (110: Connection timed out)",
                                        110,
                                        "reading upstream"),
                                count,
                                NOW.minusSeconds(60),
                                NOW.minusSeconds(1))
                        .seen(answered(PEER, NOW.minusSeconds(600), NOW), "access.log", "f"));
    }

    @Test
    void speaksProvisionallyWhenNothingWasAsked() {
        Diagnosis diagnosis = diagnose(timedOut());

        assertThat(probability(diagnosis, "slow-upstream-read-timeout")).isBetween(0.3, 0.7);
        assertThat(diagnosis.provisional()).isTrue();
    }

    @Test
    void speaksOfTheTimeoutThatWasSetForAnotherModule() {
        Diagnosis diagnosis =
                diagnose(
                        timedOut()
                                .seen(
                                        configuration(
                                                PassKind.PROXY,
                                                "shop",
                                                List.of(PEER),
                                                setting("fastcgi_read_timeout", "9999")),
                                        "config",
                                        "nginx.conf"));

        Finding verdict = assertVerdict(diagnosis, "slow-upstream-read-timeout", 0.8);
        assertThat(verdict.title()).endsWith("proxy_read_timeout 60s");
        assertThat(verdict.wontHelp()).anyMatch(w -> w.startsWith("fastcgi_read_timeout"));
    }

    @Test
    void speaksMoreSurelyWhenTheProbeIsAnswered() {
        Diagnosis diagnosis =
                diagnose(
                        timedOut()
                                .seen(
                                        AppHungTest.probe(
                                                new ProbeOutcome.Answered("HTTP/1.1 200", 200, 90)),
                                        "probe",
                                        "HEAD /"));

        assertVerdict(diagnosis, "slow-upstream-read-timeout", 0.8);
    }

    @Test
    void staysSilentWhenTheConnectIsRefused() {
        assertThat(probability(diagnose(refused()), "slow-upstream-read-timeout")).isZero();
    }

    private static MatterBuilder timedOut() {
        return AppHungTest.timedOut('S');
    }
}
