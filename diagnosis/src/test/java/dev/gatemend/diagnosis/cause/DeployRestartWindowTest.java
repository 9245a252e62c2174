package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.entry;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Said.journal;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Refusals;
import dev.gatemend.model.Address;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Requests failed only while the application was being stopped and started on purpose. */
class DeployRestartWindowTest {
    private static final Instant STOPPED = NOW.minusSeconds(300);
    private static final Instant STARTED = NOW.minusSeconds(290);

    @Test
    void speaksWhenTheFailuresLieBetweenAnOrderedStopAndTheStart() {
        Finding verdict =
                assertVerdict(
                        diagnose(stopped(restarted(STOPPED.plusSeconds(1)), STOPPED)),
                        "deploy-restart-window",
                        0.9);

        assertThat(verdict.title())
                .isEqualTo("shop.service was being restarted from 12:05:00 to 12:05:10");
    }

    @Test
    void staysSilentWithoutAnOrderedStop() {
        assertThat(
                        probability(
                                diagnose(restarted(STOPPED.plusSeconds(1))),
                                "deploy-restart-window"))
                .isZero();
    }

    @Test
    void staysSilentWhenRequestsFailedLongBefore() {
        assertThat(
                        probability(
                                diagnose(stopped(restarted(STOPPED.minusSeconds(120)), STOPPED)),
                                "deploy-restart-window"))
                .isZero();
    }

    @Test
    void staysSilentWhenTheStopWasOfAnotherTime() {
        assertThat(
                        probability(
                                diagnose(
                                        stopped(
                                                restarted(STOPPED.plusSeconds(1)),
                                                STOPPED.minusSeconds(400))),
                                "deploy-restart-window"))
                .isZero();
    }

    /** The restart was when the mode changed; it is not what keeps nginx out since. */
    @Test
    void staysSilentWhenNginxMayNotConnect() {
        assertThat(probability(diagnose(restartedAtSocket(13, "eacces")), "deploy-restart-window"))
                .isZero();
    }

    @Test
    void staysSilentWhenNginxStillDoesNotSeeTheSocket() {
        MatterBuilder scene = restartedAtSocket(2, "enoent").seen(Refusals.gone(), "path", "namei");

        assertThat(probability(diagnose(scene), "deploy-restart-window")).isZero();
    }

    /** A release that hangs up on everybody was deployed then; its start ended nothing. */
    @Test
    void staysSilentWhenTheNewProcessClosesConnectionsAsWell() {
        PeerProbe hungUp =
                new PeerProbe(
                        Address.parse(PEER, 80).orElseThrow(),
                        MatterBuilder.NETWORK,
                        PeerProbe.Kind.HTTP,
                        new ProbeOutcome.Closed(false),
                        Duration.ofMillis(1));

        assertThat(probability(diagnose(closedWhileRestarted()), "deploy-restart-window"))
                .isGreaterThan(0.5);
        assertThat(
                        probability(
                                diagnose(closedWhileRestarted().seen(hungUp, "probe", "curl")),
                                "deploy-restart-window"))
                .isZero();
    }

    @Test
    void staysSilentWhenConnectionsWereClosedLongAfterTheStartAndNoneWasAnswered() {
        assertThat(
                        probability(
                                diagnose(closedUntil(STARTED.plusSeconds(20))),
                                "deploy-restart-window"))
                .isZero();
    }

    private static MatterBuilder closedWhileRestarted() {
        return closedUntil(STARTED);
    }

    private static MatterBuilder closedUntil(Instant last) {
        return stopped(
                started(
                        new MatterBuilder()
                                .peer(PEER)
                                .logged(
                                        entry(
                                                "upstream-prematurely-closed",
                                                "upstream prematurely closed connection",
                                                0,
                                                "reading response header from upstream"),
                                        9,
                                        STOPPED.plusSeconds(1),
                                        last),
                        STOPPED.plusSeconds(1)),
                STOPPED);
    }

    private static MatterBuilder restartedAtSocket(int errno, String name) {
        return stopped(
                Refusals.failed(errno, name)
                        .seen(table(listener(Refusals.SOCKET_PEER, 950)), "sockets", "ss -lxnp")
                        .seen(
                                process(
                                        950,
                                        "gunicorn",
                                        "gunicorn shop:app",
                                        'S',
                                        Refusals.FAILING,
                                        "shop.service"),
                                "processes",
                                "ps -p 950"),
                Refusals.FAILING);
    }

    private static MatterBuilder restarted(Instant firstFailure) {
        return started(
                new MatterBuilder()
                        .peer(PEER)
                        .logged(
                                entry(
                                        "connect-failed-econnrefused",
                                        "connect() failed (111: Connection refused)",
                                        111,
                                        "connecting to upstream"),
                                9,
                                firstFailure,
                                STARTED.minusSeconds(1)),
                firstFailure);
    }

    private static MatterBuilder started(MatterBuilder scene, Instant firstFailure) {
        return scene.seen(table(listener(PEER, 950)), "sockets", "ss -ltnp")
                .seen(
                        process(950, "gunicorn", "gunicorn shop:app", 'S', STARTED, "shop.service"),
                        "processes",
                        "ps -p 950")
                .seen(
                        answered(PEER, NOW.minusSeconds(800), firstFailure.minusSeconds(1)),
                        "access.log",
                        "/var/log/nginx/access.log");
    }

    private static MatterBuilder stopped(MatterBuilder scene, Instant at) {
        return journal(scene, "shop.service", at, "Stopping shop.service - The shop...");
    }
}
