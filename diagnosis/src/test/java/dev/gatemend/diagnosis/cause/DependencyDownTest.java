package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Dependency;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import org.junit.jupiter.api.Test;

/** The application cannot start or serve because something it needs cannot be reached. */
class DependencyDownTest {
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
