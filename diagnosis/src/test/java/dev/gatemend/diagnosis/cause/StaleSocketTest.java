package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Refusals.at;
import static dev.gatemend.diagnosis.Refusals.failed;
import static dev.gatemend.diagnosis.Refusals.gone;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Finding;
import org.junit.jupiter.api.Test;

/** A socket file that nobody listens on. */
class StaleSocketTest {
    @Test
    void speaksWhenTheFileIsThereAndNobodyListens() {
        Diagnosis diagnosis =
                diagnose(
                        failed(111, "econnrefused")
                                .seen(at(FileKind.SOCKET, 0770, 7), "path", "namei")
                                .seen(table(), "sockets", "ss"));

        Finding verdict = assertVerdict(diagnosis, "stale-socket", 0.7);
        assertThat(verdict.title())
                .isEqualTo("the socket file /run/shop/shop.sock is there, nobody listens on it");
    }

    @Test
    void speaksOfARegularFileInItsPlace() {
        Diagnosis diagnosis =
                diagnose(
                        failed(111, "econnrefused")
                                .seen(at(FileKind.REGULAR, 0644, 7), "path", "namei")
                                .seen(table(), "sockets", "ss"));

        assertThat(assertVerdict(diagnosis, "stale-socket", 0.3).title())
                .isEqualTo("/run/shop/shop.sock is a regular file, not a socket");
    }

    @Test
    void isRuledOutWhenThereIsNoFile() {
        Diagnosis diagnosis =
                diagnose(
                        failed(111, "econnrefused")
                                .seen(gone(), "path", "namei")
                                .seen(table(), "sockets", "ss"));

        assertThat(ruledOut(diagnosis)).contains("stale-socket");
    }
}
