package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.access;
import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.queued;
import static dev.gatemend.diagnosis.Facts.setting;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections arrive and nobody answers them. */
class AppHungTest {
    @Test
    void speaksWhenTheProcessIsStopped() {
        Diagnosis diagnosis =
                diagnose(timedOut('T').seen(table(queued(PEER, 3, 511, 900)), "sockets", "ss"));

        Finding verdict = assertVerdict(diagnosis, "app-hung", 0.9);
        assertThat(verdict.title())
                .isEqualTo(
                        "python3 (PID 900) behind 127.0.0.1:8000 is stopped and answers nothing");
        assertThat(commands(verdict)).contains("sudo kill -CONT 900");
    }

    @Test
    void speaksWhenEveryWorkerWaitsInTheKernel() {
        Diagnosis diagnosis = diagnose(silent('D', 0).seen(failing(), "access.log", "f"));

        assertVerdict(diagnosis, "app-hung", 0.8);
    }

    @Test
    void leadsWithoutBeingSureWhenRequestsWaitAndNoneHasFinishedForManyTimesTheLimit() {
        Diagnosis diagnosis =
                diagnose(
                        silent('S', 3)
                                .seen(failing(), "access.log", "f")
                                .seen(limit("10s"), "config", "nginx.conf")
                                .seen(before(), "access.log", "f"));

        Finding verdict = assertVerdict(diagnosis, "app-hung", 0.5);
        assertThat(verdict.probability()).isLessThan(0.8);
        assertThat(verdict.title()).contains("may hang");
        assertThat(commands(verdict)).contains("sudo py-spy dump --pid 900");
        assertThat(verdict.wontHelp()).noneMatch(w -> w.startsWith("raising"));
    }

    @Test
    void isNotSureOfASilenceThatIsNotMuchLongerThanTheLimit() {
        assertLevel(
                diagnose(
                        silent('S', 3)
                                .seen(failing(), "access.log", "f")
                                .seen(limit("30s"), "config", "nginx.conf")
                                .seen(before(), "access.log", "f")));
    }

    @Test
    void isNotSureWhenNothingWaitsForItAndTheProbedPageMayBeTheSlowOne() {
        assertLevel(
                diagnose(
                        silent('S', 0)
                                .seen(failing(), "access.log", "f")
                                .seen(limit("3s"), "config", "nginx.conf")));
    }

    private static void assertLevel(Diagnosis diagnosis) {
        assertThat(probability(diagnosis, "app-hung")).isLessThan(0.5);
        assertThat(probability(diagnosis, "slow-upstream-read-timeout"))
                .isGreaterThanOrEqualTo(probability(diagnosis, "app-hung"))
                .isLessThan(0.8);
        assertThat(diagnosis.findings().stream().filter(f -> f.cause().equals("app-hung")))
                .allMatch(f -> f.title().contains("may hang"))
                .noneMatch(f -> f.wontHelp().stream().anyMatch(w -> w.startsWith("raising")));
    }

    private static MatterBuilder silent(char state, int queued) {
        return timedOut(state)
                .seen(table(queued(PEER, queued, 511, 900)), "sockets", "ss")
                .seen(probe(new ProbeOutcome.Silent(Duration.ofSeconds(3))), "probe", "HEAD /");
    }

    private static AccessGroup failing() {
        return access(504, PEER, NOW.minusSeconds(60), NOW);
    }

    private static AccessGroup before() {
        return answered(PEER, NOW.minusSeconds(600), NOW.minusSeconds(80));
    }

    private static NginxConfiguration limit(String value) {
        return configuration(
                PassKind.PROXY, "shop", List.of(PEER), setting("proxy_read_timeout", value));
    }

    @Test
    void speaksWhenTheAcceptQueueIsFullAndConnectsTimeOut() {
        MatterBuilder scene =
                new MatterBuilder()
                        .peer(PEER)
                        .logged(
                                "upstream-timed-out-connecting",
                                "upstream timed out (110: Connection timed out)",
                                110,
                                "connecting to upstream")
                        .seen(table(queued(PEER, 6, 5, 900)), "sockets", "ss")
                        .seen(python('S'), "processes", "ps");

        assertThat(probability(diagnose(scene), "app-hung")).isGreaterThan(0.5);
    }

    @Test
    void staysSilentOnAConnectTimeoutWithAnEmptyQueue() {
        MatterBuilder scene =
                new MatterBuilder()
                        .peer(PEER)
                        .logged(
                                "upstream-timed-out-connecting",
                                "upstream timed out (110: Connection timed out)",
                                110,
                                "connecting to upstream")
                        .seen(table(queued(PEER, 0, 511, 900)), "sockets", "ss")
                        .seen(python('S'), "processes", "ps");

        assertThat(probability(diagnose(scene), "app-hung")).isZero();
    }

    @Test
    void isOutweighedWhenOtherRequestsAreAnswered() {
        Diagnosis diagnosis =
                diagnose(
                        timedOut('S')
                                .seen(
                                        answered(PEER, NOW.minusSeconds(600), NOW),
                                        "access.log",
                                        "f"));

        assertVerdict(diagnosis, "slow-upstream-read-timeout", 0.9);
        assertThat(probability(diagnosis, "app-hung")).isLessThan(0.05);
    }

    static MatterBuilder timedOut(char state) {
        return new MatterBuilder()
                .peer(PEER)
                .trouble(Trouble.TIMEOUT)
                .logged(
                        "upstream-timed-out-reading-header",
                        "upstream timed out (110: Connection timed out)",
                        110,
                        "reading response header from upstream")
                .seen(python(state), "processes", "ps");
    }

    static PeerProbe probe(ProbeOutcome outcome) {
        return new PeerProbe(
                new Address.Tcp("127.0.0.1", 8000),
                NETWORK,
                PeerProbe.Kind.HTTP,
                outcome,
                Duration.ofMillis(12));
    }

    private static dev.gatemend.model.ProcessState python(char state) {
        return process(
                900,
                "python3",
                "python3 app.py",
                state,
                NOW.minus(Duration.ofDays(1)),
                "app.service");
    }
}
