package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.cause.Waiting.said;
import static dev.gatemend.diagnosis.cause.Waiting.timedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Facts;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Address;
import dev.gatemend.model.WorkerConnections;
import dev.gatemend.model.WorkerConnections.Outgoing;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application waits for its own database or API, and so runs past a time-out. */
class DependencySlowTest {
    private static final Address POSTGRES = Address.parse("10.0.0.5:5432", 0).orElseThrow();

    @Test
    void speaksWhenMostOfItsThreadsStandWaitingForBytesOfOneAddress() {
        String title =
                assertVerdict(diagnose(working(timedOut(), 6, 5)), "dependency-slow", 0.6).title();

        assertThat(title).contains("10.0.0.5:5432 (PostgreSQL)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "psycopg2.errors.QueryCanceled: canceling statement due to statement timeout",
                "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='api.internal', port=443): Read timed out. (read timeout=30)",
                "java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out after 30000ms.",
                "[0x00007f0b1a415f40] mysqli_query() /srv/shop/db.php:41"
            })
    void speaksWhenItSaysSo(String line) {
        assertVerdict(diagnose(said(timedOut(), line)), "dependency-slow", 0.6);
    }

    @Test
    void staysSilentWhenItIsConnectedToADatabaseAndWaitsForNobody() {
        assertThat(probability(diagnose(working(timedOut(), 6, 0)), "dependency-slow")).isZero();
    }

    @Test
    void isUnsureWhenOneOfManyThreadsWaits() {
        assertThat(probability(diagnose(working(timedOut(), 40, 1)), "dependency-slow"))
                .isBetween(0.01, 0.6);
    }

    @Test
    void staysSilentWhenAClientAsksForSuchWords() {
        MatterBuilder scene =
                said(
                        timedOut(),
                        "10.0.0.1 - - [21/Nov/2026:12:09:00 +0000] \"GET /?q=Read timed out HTTP/1.1\" 200 5");

        assertThat(probability(diagnose(scene), "dependency-slow")).isZero();
    }

    private static MatterBuilder working(MatterBuilder scene, int requests, int waiting) {
        return scene.seen(
                        Facts.table(Facts.queued(Waiting.SOCKET, 0, 128, 951)),
                        "sockets",
                        "ss -lxp")
                .seen(
                        Facts.process(951, "java", "java -jar shop.jar", Duration.ofDays(1), ""),
                        "processes",
                        "ps")
                .seen(
                        new WorkerConnections(
                                951,
                                requests,
                                List.of(new Outgoing(POSTGRES, 10, 0)),
                                Collections.nCopies(waiting, POSTGRES)),
                        "connections",
                        "ss -tpn");
    }
}
