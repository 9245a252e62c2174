package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.PassedOnFixture.PEER;
import static dev.gatemend.diagnosis.PassedOnFixture.access;
import static dev.gatemend.diagnosis.PassedOnFixture.listening;
import static dev.gatemend.diagnosis.cause.UpstreamOwnErrorTest.first;
import static dev.gatemend.diagnosis.cause.UpstreamOwnErrorTest.only;
import static dev.gatemend.diagnosis.cause.UpstreamOwnErrorTest.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import dev.gatemend.model.JournalLine;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppErrorTest {
    private static final String READING = "reading response header from upstream";

    @Test
    void speaksWhenTheApplicationAnswered500() {
        Finding finding =
                first(
                        listening(
                                passed(access(500, Optional.of(true))),
                                "gunicorn",
                                "shop.service"));

        assertThat(finding.cause()).isEqualTo("app-error");
        assertThat(finding.title())
                .isEqualTo("shop.service at 127.0.0.1:8000 answers 500 itself; nginx passes it on");
        assertThat(finding.remedies().getFirst().steps().getFirst().command())
                .contains("journalctl -u shop.service");
    }

    @Test
    void quotesTheExceptionOfTheUnit() {
        Finding finding =
                first(
                        listening(
                                        passed(access(500, Optional.of(true))),
                                        "gunicorn",
                                        "shop.service")
                                .seen(
                                        new JournalLine(
                                                "shop.service",
                                                MatterBuilder.NOW.minusSeconds(30),
                                                "django.db.utils.OperationalError: no such table: cart"),
                                        "journal",
                                        "journalctl"));

        assertThat(finding.evidence())
                .extracting(Evidence::text)
                .anyMatch(t -> t.contains("no such table: cart"));
    }

    @Test
    void speaksOfAPhpFatalErrorWithoutAnyAccessLog() {
        Finding finding =
                new Diagnostician(Causes.all())
                        .diagnose(
                                stderr(
                                                "PHP message: PHP Fatal error:  Uncaught Error: Call to undefined function x()")
                                        .snapshot())
                        .getFirst()
                        .findings()
                        .getFirst();

        assertThat(finding.cause()).isEqualTo("app-error");
        assertThat(finding.evidence())
                .extracting(Evidence::text)
                .anyMatch(t -> t.contains("Call to undefined function x()"));
    }

    @Test
    void staysSilentOnPhpWarnings() {
        assertThat(
                        new Diagnostician(Causes.all())
                                .diagnose(
                                        stderr("PHP message: PHP Warning:  Undefined variable $x")
                                                .snapshot()))
                .isEmpty();
    }

    @Test
    void givesWayToTheProxyThatAnswers503() {
        assertThat(first(listening(passed(access(503, Optional.of(true))), "haproxy", "")).cause())
                .isEqualTo("upstream-own-error");
    }

    @Test
    void staysUnsureOfA503OfWhichNothingElseIsKnown() {
        assertThat(only(passed(access(503, Optional.of(true)))).findings())
                .allMatch(f -> f.probability() < 0.7)
                .extracting(Finding::cause)
                .contains("app-error", "upstream-own-error");
    }

    private static MatterBuilder stderr(String text) {
        return new MatterBuilder()
                .peer(PEER)
                .logged("fastcgi-stderr", "FastCGI sent in stderr: \"" + text + "\"", 0, READING);
    }
}
