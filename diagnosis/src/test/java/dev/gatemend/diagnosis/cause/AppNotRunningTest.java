package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Facts.unit;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.entry;
import static dev.gatemend.diagnosis.Refusals.NODE;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.at;
import static dev.gatemend.diagnosis.Refusals.daemon;
import static dev.gatemend.diagnosis.Refusals.failed;
import static dev.gatemend.diagnosis.Refusals.missingSocket;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Refusals.withNeighbour;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Finding;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.Listener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The application behind the peer does not run. */
class AppNotRunningTest {
    @Test
    void speaksWhenNobodyListensAnywhere() {
        Diagnosis diagnosis = diagnose(refused().seen(table(), "sockets", "ss -ltnp"));

        assertVerdict(diagnosis, "app-not-running", 0.7);
    }

    @Test
    void speaksOfTheStoppedUnitThatNamesThePort() {
        Diagnosis diagnosis =
                diagnose(
                        refused()
                                .seen(table(), "sockets", "ss -ltnp")
                                .seen(
                                        unit(
                                                "shop.service",
                                                "inactive",
                                                "dead",
                                                "/usr/bin/gunicorn --bind 127.0.0.1:8000 shop:app"),
                                        "systemd",
                                        "systemctl show shop.service"));

        Finding verdict = assertVerdict(diagnosis, "app-not-running", 0.97);
        assertThat(verdict.title())
                .isEqualTo("shop.service is not running: nobody listens on 127.0.0.1:8000");
        assertThat(commands(verdict)).contains("sudo systemctl start shop.service");
    }

    @Test
    void speaksOfTheStoppedProgramWhoseDefinitionNamesThePort() {
        Diagnosis diagnosis = diagnose(keptAt("8000", KeptProgram.State.STOPPED));

        Finding verdict = assertVerdict(diagnosis, "app-not-running", 0.97);
        assertThat(verdict.title())
                .isEqualTo("PM2 application shop is not running: nobody listens on 127.0.0.1:8000");
        assertThat(commands(verdict)).contains("sudo -u deploy -H pm2 start shop");
    }

    @Test
    void doesNotNameAProgramOfAnotherPort() {
        Finding verdict =
                assertVerdict(
                        diagnose(keptAt("8001", KeptProgram.State.STOPPED)),
                        "app-not-running",
                        0.7);

        assertThat(verdict.title()).doesNotContain("shop");
    }

    @Test
    void isLessSureWhileItsKeeperSaysThatItRuns() {
        assertThat(
                        probability(
                                diagnose(keptAt("8000", KeptProgram.State.RUNNING)),
                                "app-not-running"))
                .isLessThan(0.8);
    }

    private static MatterBuilder keptAt(String listens, KeptProgram.State state) {
        KeptProgram shop =
                new KeptProgram(
                        KeptProgram.Keeper.PM2,
                        "shop",
                        state,
                        state.toString(),
                        List.of(listens),
                        "/home/deploy/.pm2",
                        Optional.of("deploy"),
                        Optional.empty(),
                        List.of(),
                        0,
                        Optional.empty(),
                        Optional.empty());
        return refused()
                .seen(table(), "sockets", "ss -ltnp")
                .seen(shop, "programs", "pm2 describe shop");
    }

    @Test
    void isOneOfSeveralWhenNothingButTheErrnoIsKnown() {
        Diagnosis diagnosis = diagnose(refused());

        assertThat(probability(diagnosis, "app-not-running")).isBetween(0.2, 0.6);
        assertThat(probability(diagnosis, "wrong-port")).isBetween(0.2, 0.6);
        assertThat(diagnosis.next()).isNotEmpty();
    }

    @Test
    void speaksWhenTheNeighbourWasThereWhileThePeerAnswered() {
        Diagnosis diagnosis =
                diagnose(
                        withNeighbour(refused(), NODE)
                                .seen(
                                        answered(PEER, NOW.minusSeconds(600), NOW.minusSeconds(70)),
                                        "access.log",
                                        "access.log"));

        assertVerdict(diagnosis, "app-not-running", 0.9);
        assertThat(probability(diagnosis, "wrong-port")).isLessThan(0.05);
    }

    @Test
    void speaksWhenOnlyDaemonsOfTheHostListen() {
        Listener ssh = listener("0.0.0.0:22", 10);
        Listener postgres = listener("127.0.0.1:5433", 11);
        Listener nginx = listener("0.0.0.0:80", 812);

        Diagnosis diagnosis =
                diagnose(
                        refused()
                                .seen(table(ssh, postgres, nginx), "sockets", "ss -ltnp")
                                .seen(daemon(10, "sshd"), "processes", "ps")
                                .seen(daemon(11, "postgres"), "processes", "ps"));

        assertVerdict(diagnosis, "app-not-running", 0.7);
        assertThat(diagnosis.ruledOut().stream().map(Diagnosis.RuledOut::cause))
                .contains("wrong-port", "wrong-bind-address");
    }

    @Test
    void speaksInThePastWhenItsListenerIsYoungerThanTheLastFailure() {
        MatterBuilder scene =
                new MatterBuilder()
                        .peer(PEER)
                        .logged(
                                entry(
                                        "connect-failed-econnrefused",
                                        "connect() failed (111: Connection refused)",
                                        111,
                                        "connecting to upstream"),
                                4,
                                NOW.minusSeconds(300),
                                NOW.minusSeconds(240))
                        .seen(table(listener(PEER, 900)), "sockets", "ss -ltnp")
                        .seen(
                                process(900, "node", "node a.js", Duration.ofSeconds(200), ""),
                                "processes",
                                "ps");

        Finding verdict = assertVerdict(diagnose(scene), "app-not-running", 0.8);
        assertThat(verdict.title())
                .isEqualTo("the application of 127.0.0.1:8000 was not running until 12:06:40");
    }

    @Test
    void speaksWhenTheSocketIsGoneAndNoOtherIsThere() {
        Diagnosis diagnosis = diagnose(missingSocket().seen(table(), "sockets", "ss -lxnp"));

        assertVerdict(diagnosis, "app-not-running", 0.7);
    }

    @Test
    void speaksWhenAStoppedUnitLeftItsSocketFile() {
        Diagnosis diagnosis =
                diagnose(
                        failed(111, "econnrefused")
                                .seen(at(FileKind.SOCKET, 0770, 7), "path", "namei")
                                .seen(table(), "sockets", "ss")
                                .seen(
                                        unit(
                                                "web.service",
                                                "inactive",
                                                "dead",
                                                "gunicorn --bind unix:/run/shop/shop.sock shop:app"),
                                        "systemd",
                                        "systemctl show web.service"));

        assertVerdict(diagnosis, "app-not-running", 0.8);
    }

    @Test
    void isRuledOutWhenAListenerHasBeenThereAllAlong() {
        Diagnosis diagnosis =
                diagnose(
                        refused()
                                .seen(table(listener("0.0.0.0:8000", 900)), "sockets", "ss")
                                .seen(NODE, "processes", "ps"));

        assertThat(diagnosis.ruledOut().stream().map(Diagnosis.RuledOut::cause))
                .contains("app-not-running", "wrong-port", "wrong-bind-address");
    }

    @Test
    void speaksInThePastWhenNothingFailedSinceItsListenerStartedInTheSecondOfTheLastFailure() {
        Instant last = NOW.minusSeconds(30);
        MatterBuilder scene =
                new MatterBuilder()
                        .peer(PEER)
                        .logged(
                                entry(
                                        "connect-failed-econnrefused",
                                        "connect() failed (111: Connection refused)",
                                        111,
                                        "connecting to upstream"),
                                4,
                                last,
                                last)
                        .seen(table(listener(PEER, 900)), "sockets", "ss -ltnp")
                        .seen(
                                process(900, "node", "node a.js", Duration.ofMillis(29_600), ""),
                                "processes",
                                "ps");

        Finding verdict = assertVerdict(diagnose(scene), "app-not-running", 0.5);
        assertThat(verdict.title()).contains("was not running until 12:09:30");
    }

    @Test
    void doesNotTakeAListenerOfTheLastFailuresOwnSecondForALaterOne() {
        Diagnosis diagnosis =
                diagnose(
                        refused()
                                .seen(table(listener(PEER, 900)), "sockets", "ss")
                                .seen(
                                        process(
                                                900,
                                                "node",
                                                "node a.js",
                                                Duration.ofMillis(400),
                                                ""),
                                        "processes",
                                        "ps"));

        assertThat(diagnosis.ruledOut().stream().map(Diagnosis.RuledOut::cause))
                .contains("app-not-running");
    }

    @Test
    void staysSilentOnATimeout() {
        MatterBuilder scene =
                new MatterBuilder()
                        .peer(PEER)
                        .logged(
                                "upstream-timed-out-connecting",
                                "upstream timed out (110: Connection timed out)",
                                110,
                                "connecting to upstream");

        assertThat(diagnose(scene).findings().stream().map(Finding::cause))
                .doesNotContain("app-not-running", "wrong-port", "wrong-bind-address");
    }
}
