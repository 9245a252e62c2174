package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.Facts.access;
import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.MatterBuilder.MASTER;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.entry;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Maker;
import dev.gatemend.model.PassKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fifty requests failed since a minute, and the error log tells of three of them. */
class EmptiedLogTest {
    @Test
    void failuresFromBeforeTheLogsFirstLineAreNoTroubleOfTheirOwn() {
        assertThat(problems(1)).map(d -> d.symptom().madeBy()).containsExactly(Maker.NGINX);
    }

    @Test
    void failuresThatALogWithOlderLinesDoesNotTellOfAreTheUpstreams() {
        assertThat(problems(8812)).hasSize(2);
    }

    private static List<Diagnosis> problems(int line) {
        ErrorGroup refused =
                new ErrorGroup(
                        MASTER.pid(),
                        "/var/log/nginx/error.log",
                        Optional.of(PEER),
                        Optional.of("shop.example"),
                        Optional.of("/"),
                        3,
                        Optional.of(NOW.minusSeconds(5)),
                        Optional.of(NOW.minusSeconds(1)),
                        entry(
                                "connect-failed-econnrefused",
                                "connect() failed (111: Connection refused)",
                                111,
                                "connecting to upstream"),
                        "/var/log/nginx/error.log:" + line,
                        3);
        return Verdicts.all(
                new MatterBuilder()
                        .seen(
                                configuration(PassKind.PROXY, "shop", List.of(PEER)),
                                "config",
                                "nginx.conf")
                        .seen(refused, "error.log", "/var/log/nginx/error.log")
                        .seen(
                                access(502, "", NOW.minusSeconds(60), NOW.minusSeconds(1)),
                                "access.log",
                                "f"));
    }
}
