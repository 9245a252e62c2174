package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Facts.unit;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Said.journal;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Said.seen;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Dependency;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import org.junit.jupiter.api.Test;

/** The application cannot start or serve because something it needs cannot be reached. */
class DependencyDownTest {
    private static final String NOT_STARTED =
            "shop.service: Job shop.service/start failed with result 'dependency'.";

    private static final String REFUSED =
            "psycopg2.OperationalError: connection to server at \"127.0.0.1\", port 5432 failed: Connection refused";

    @Test
    void speaksWhenItsLogNamesAServiceThatNobodyServes() {
        Finding verdict =
                assertVerdict(
                        diagnose(
                                log(
                                        emptyTable(refused()),
                                        950,
                                        "[INFO] Starting gunicorn 20.1.0",
                                        "[ERROR] Exception in worker process",
                                        "Traceback (most recent call last):",
                                        REFUSED,
                                        "[ERROR] Reason: Worker failed to boot.")),
                        "dependency-down",
                        0.8);

        assertThat(verdict.title())
                .isEqualTo(
                        "the application of 127.0.0.1:8000 cannot reach 127.0.0.1:5432 (PostgreSQL)");
    }

    @Test
    void speaksWhenSystemdDidNotStartItForWantOfAnother() {
        Finding verdict =
                assertVerdict(
                        diagnose(
                                journal(
                                        waiting(),
                                        "shop.service",
                                        NOW.minusSeconds(80),
                                        NOT_STARTED)),
                        "dependency-down",
                        0.8);

        assertThat(verdict.title())
                .isEqualTo("shop.service was not started, because database.service failed");
        assertThat(commands(verdict))
                .contains(
                        "sudo journalctl -u database.service -n 50 --no-pager",
                        "sudo systemctl start shop.service");
    }

    /** Another unit may fail beside one that somebody stopped. */
    @Test
    void staysSilentAboutAFailedUnitThatNobodyRequires() {
        assertVerdict(diagnose(waiting()), "app-not-running", 0.8);
        assertThat(probability(diagnose(waiting()), "dependency-down")).isZero();
    }

    @Test
    void staysSilentWhenItWasStartedSince() {
        MatterBuilder scene =
                journal(
                        journal(waiting(), "shop.service", NOW.minusSeconds(800), NOT_STARTED),
                        "shop.service",
                        NOW.minusSeconds(700),
                        "Started shop.service - The shop.");

        assertThat(probability(diagnose(scene), "dependency-down")).isZero();
    }

    private static MatterBuilder waiting() {
        return seen(
                seen(
                        emptyTable(refused()),
                        unit("shop.service", "inactive", "dead", "/bin/shop --port 8000")),
                unit("database.service", "failed", "failed", "/usr/bin/postgres"));
    }

    @Test
    void isRuledOutWhenThatServiceIsThere() {
        Diagnosis diagnosis =
                diagnose(
                        log(
                                refused()
                                        .seen(
                                                table(listener("127.0.0.1:5432", 600)),
                                                "sockets",
                                                "ss -ltnp"),
                                950,
                                REFUSED));

        assertThat(ruledOut(diagnosis)).contains("dependency-down");
    }

    @Test
    void staysSilentAboutItsOwnAddress() {
        Diagnosis diagnosis =
                diagnose(
                        log(
                                emptyTable(refused()),
                                950,
                                "health check: dial tcp "
                                        + PEER
                                        + ": connect: connection refused"));

        assertThat(probability(diagnosis, "dependency-down")).isZero();
    }

    @Test
    void staysSilentWhenItServedAfterwards() {
        Diagnosis diagnosis =
                diagnose(
                        log(
                                emptyTable(refused()),
                                950,
                                REFUSED,
                                "[INFO] Listening at: http://127.0.0.1:8000 (950)"));

        assertThat(probability(diagnosis, "dependency-down")).isZero();
    }

    @Test
    void readsTheServiceInTheWordsOfManyClients() {
        assertThat(Dependency.in(REFUSED)).contains(new Dependency("127.0.0.1", 5432));
        assertThat(Dependency.in("Error: connect ECONNREFUSED 127.0.0.1:6379"))
                .contains(new Dependency("127.0.0.1", 6379));
        assertThat(Dependency.in("Can't connect to MySQL server on 'db.internal' (111)"))
                .contains(new Dependency("db.internal", 0));
        assertThat(Dependency.in("dial tcp: lookup redis on 127.0.0.11:53: no such host"))
                .isPresent();
        assertThat(Dependency.in("getaddrinfo ENOTFOUND postgres"))
                .contains(new Dependency("postgres", 0));
        assertThat(Dependency.in("[Errno 111] Connection refused")).isEmpty();
    }
}
