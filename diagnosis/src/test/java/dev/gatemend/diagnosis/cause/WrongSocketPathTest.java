package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Facts.unit;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.NODE;
import static dev.gatemend.diagnosis.Refusals.SOCKET;
import static dev.gatemend.diagnosis.Refusals.daemon;
import static dev.gatemend.diagnosis.Refusals.missingSocket;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.ProcessState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The application made its socket at another path. */
class WrongSocketPathTest {
    @Test
    void speaksWhenItsNamesakeLiesInAnotherDirectory() {
        MatterBuilder scene =
                missingSocket()
                        .seen(
                                table(listener("unix:/srv/app/run/shop.sock", 900)),
                                "sockets",
                                "ss -lxnp")
                        .seen(NODE, "processes", "ps");

        assertVerdict(diagnose(scene), "wrong-socket-path", 0.9);
    }

    @Test
    void speaksWhenTheSocketIsThatOfAnotherVersion() {
        MatterBuilder scene =
                new MatterBuilder()
                        .peer("unix:/run/php/php7.4-fpm.sock")
                        .logged(
                                "connect-to-failed-enoent",
                                "connect() to unix:/run/php/php7.4-fpm.sock failed (2: No such file or directory)",
                                2,
                                "connecting to upstream")
                        .seen(
                                table(listener("unix:/run/php/php8.2-fpm.sock", 900)),
                                "sockets",
                                "ss -lxnp")
                        .seen(daemon(900, "php-fpm8.2"), "processes", "ps");

        assertVerdict(diagnose(scene), "wrong-socket-path", 0.8);
    }

    @Test
    void isNotSureOfAControlSocketOfTheSameService() {
        ProcessState worker =
                process(
                        900,
                        "python3",
                        "python3 /srv/shop/shop_worker.py",
                        Duration.ofDays(2),
                        "shop.service");
        Diagnosis diagnosis =
                diagnose(
                        missingSocket()
                                .seen(
                                        table(listener("unix:/run/shop/worker-control.sock", 900)),
                                        "sockets",
                                        "ss -lxnp")
                                .seen(worker, "processes", "ps")
                                .seen(
                                        unit("shop.service", "active", "running", ""),
                                        "systemd",
                                        "systemctl show shop.service"));

        assertLevel(diagnosis);
    }

    @Test
    void isNotSureOfASocketThatIsCalledLikeEverybodys() {
        MatterBuilder scene =
                new MatterBuilder()
                        .peer("unix:/run/shop/gunicorn.sock")
                        .logged(
                                "connect-to-failed-enoent",
                                "connect() to unix:/run/shop/gunicorn.sock failed (2: No such file or directory)",
                                2,
                                "connecting to upstream")
                        .seen(
                                table(listener("unix:/run/payroll/gunicorn.sock", 900)),
                                "sockets",
                                "ss -lxnp")
                        .seen(
                                process(
                                        900,
                                        "gunicorn",
                                        "gunicorn payroll:app",
                                        Duration.ofDays(2),
                                        ""),
                                "processes",
                                "ps");

        assertLevel(diagnose(scene));
    }

    @Test
    void isThoughtOfWhenAnApplicationServerListensOnAPortInstead() {
        Diagnosis diagnosis =
                diagnose(
                        missingSocket()
                                .seen(table(listener("127.0.0.1:8000", 900)), "sockets", "ss -lxnp")
                                .seen(
                                        process(
                                                900,
                                                "gunicorn",
                                                "gunicorn wsgi:app",
                                                Duration.ofDays(2),
                                                ""),
                                        "processes",
                                        "ps"));

        assertLevel(diagnosis);
        assertThat(diagnosis.findings().getFirst().wontHelp())
                .noneMatch(w -> w.contains("refused"));
    }

    private static void assertLevel(Diagnosis diagnosis) {
        assertThat(probability(diagnosis, "app-not-running")).isBetween(0.4, 0.8);
        assertThat(probability(diagnosis, "wrong-socket-path"))
                .isBetween(0.1, probability(diagnosis, "app-not-running"));
    }

    @Test
    void staysSilentWhenTheOtherSocketWasThereWhileThePeerAnswered() {
        MatterBuilder scene =
                missingSocket()
                        .seen(table(listener("unix:/run/other.sock", 900)), "sockets", "ss -lxnp")
                        .seen(NODE, "processes", "ps")
                        .seen(
                                answered(
                                        "unix:" + SOCKET,
                                        NOW.minusSeconds(600),
                                        NOW.minusSeconds(70)),
                                "access.log",
                                "f");

        assertVerdict(diagnose(scene), "app-not-running", 0.9);
    }

    @Test
    void isRuledOutWhenNoOtherSocketIsListenedOn() {
        Diagnosis diagnosis = diagnose(missingSocket().seen(table(), "sockets", "ss -lxnp"));

        assertThat(ruledOut(diagnosis)).contains("wrong-socket-path");
    }
}
