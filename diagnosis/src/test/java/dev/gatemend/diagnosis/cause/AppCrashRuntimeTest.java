package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.behind;
import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Containers.life;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Said.at;
import static dev.gatemend.diagnosis.Said.closed;
import static dev.gatemend.diagnosis.Said.ended;
import static dev.gatemend.diagnosis.Said.journal;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Said.seen;
import static dev.gatemend.diagnosis.Verdicts.all;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application served, and died of an exception, or dropped requests on one. */
class AppCrashRuntimeTest {
    @Test
    void speaksWhenAPanicFollowsItsServing() {
        Finding verdict =
                assertVerdict(
                        diagnose(
                                log(
                                        emptyTable(refused()),
                                        950,
                                        "listening on 127.0.0.1:8000",
                                        "panic: runtime error: index out of range [3]",
                                        "goroutine 7 [running]:")),
                        "app-crash-runtime",
                        0.8);

        assertThat(verdict.title())
                .isEqualTo("gunicorn (PID 950) crashed: nobody listens on " + PEER + " any more");
    }

    @Test
    void speaksWhenItsUnitFailedAfterALongRun() {
        assertVerdict(
                diagnose(
                        journal(
                                journal(
                                        seen(
                                                emptyTable(refused()),
                                                ended("failed", "failed", "exit-code", 1, 0)),
                                        "shop.service",
                                        NOW.minusSeconds(700),
                                        "Started shop.service - The shop."),
                                "shop.service",
                                NOW.minusSeconds(62),
                                "shop.service: Main process exited, code=exited, status=1/FAILURE")),
                "app-crash-runtime",
                0.8);
    }

    @Test
    void speaksWhenItsContainerFellOverAfterALongRun() {
        assertVerdict(diagnose(behind(life("exited", 1, false))), "app-crash-runtime", 0.8);
    }

    @Test
    void speaksWhenEachClosedConnectionGoesWithAStackTrace() {
        assertVerdict(
                diagnose(
                        log(
                                closed(),
                                950,
                                List.of(
                                        at(NOW.minusSeconds(60), "Unhandled exception: a"),
                                        at(NOW.minusSeconds(30), "Unhandled exception: b"),
                                        at(NOW.minusSeconds(1), "Unhandled exception: c")))),
                "app-crash-runtime",
                0.7);
    }

    @Test
    void speaksWhenNodeEndsItsLogWithAnErrorAndConnectsAreRefusedThen() {
        Finding verdict =
                assertVerdict(
                        all(log(
                                        closed().logged(
                                                        "connect-failed-econnrefused",
                                                        "connect() failed (111: Connection refused)",
                                                        111,
                                                        "connecting to upstream"),
                                        950,
                                        "/srv/shop/server.js:7",
                                        "Error: db gone",
                                        "    at Timeout._onTimeout (/srv/shop/server.js:7:9)",
                                        "",
                                        "Node.js v18.19.0"))
                                .getFirst(),
                        "app-crash-runtime",
                        0.5);

        assertThat(verdict.evidence().stream().map(Evidence::text))
                .contains("gunicorn (PID 950) says: Error: db gone");
    }

    @Test
    void staysSilentWhenNodeEndsBecauseAModuleIsMissing() {
        assertThat(
                        probability(
                                diagnose(
                                        log(
                                                closed(),
                                                950,
                                                "Error: Cannot find module 'express'",
                                                "Node.js v18.19.0")),
                                "app-crash-runtime"))
                .isZero();
    }

    @Test
    void isUnsureAfterASingleCoincidence() {
        double probability =
                probability(
                        diagnose(
                                log(
                                        closed(),
                                        950,
                                        List.of(
                                                at(
                                                        NOW.minusSeconds(30),
                                                        "Unhandled exception: a")))),
                        "app-crash-runtime");

        assertThat(probability).isBetween(0.2, 0.8);
    }

    @Test
    void staysSilentWhenAFrameworkCaughtTheErrorAndItWasStoppedLater() {
        assertThat(
                        probability(
                                diagnose(
                                        log(
                                                emptyTable(refused()),
                                                950,
                                                "listening on 127.0.0.1:8000",
                                                "ERROR in app: Exception on /cart [GET]",
                                                "Traceback (most recent call last):",
                                                "KeyError: 'price'")),
                                "app-crash-runtime"))
                .isZero();
    }

    @Test
    void staysSilentWhenItAnsweredAfterTheTrace() {
        assertThat(
                        probability(
                                diagnose(
                                        log(
                                                emptyTable(refused()),
                                                950,
                                                "listening on 127.0.0.1:8000",
                                                "Traceback (most recent call last):",
                                                "KeyError: 'price'",
                                                "127.0.0.1 - \"GET / HTTP/1.1\" 200")),
                                "app-crash-runtime"))
                .isZero();
    }

    @Test
    void staysSilentAboutATraceOfAnotherTime() {
        assertThat(
                        probability(
                                diagnose(
                                        log(
                                                closed(),
                                                950,
                                                List.of(
                                                        at(
                                                                NOW.minusSeconds(300),
                                                                "Unhandled exception: a")))),
                                "app-crash-runtime"))
                .isZero();
    }

    @Test
    void staysSilentWhenItNeverServed() {
        assertThat(
                        probability(
                                diagnose(
                                        log(
                                                emptyTable(refused()),
                                                950,
                                                "Traceback (most recent call last):",
                                                "ModuleNotFoundError: No module named 'shop'")),
                                "app-crash-runtime"))
                .isZero();
    }
}
