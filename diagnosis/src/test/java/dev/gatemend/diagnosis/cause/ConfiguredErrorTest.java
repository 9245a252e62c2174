package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.OwnStatus.failed;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Written.setting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import org.junit.jupiter.api.Test;

/** A return that answers the status. */
class ConfiguredErrorTest {
    @Test
    void speaksOfTheReturnThatAnswers() {
        Finding verdict =
                assertVerdict(
                        diagnose(failed(503, setting(3, "return", "503"))),
                        "configured-error",
                        0.9);

        assertThat(verdict.title())
                .isEqualTo("/etc/nginx/conf.d/shop.conf:3 answers 503 by itself");
    }

    @Test
    void staysSilentOfAReturnOfAnotherStatus() {
        assertThat(
                        probability(
                                diagnose(failed(503, setting(3, "return", "404"))),
                                "configured-error"))
                .isZero();
    }

    @Test
    void speaksOfRewritesThatLeadBackToThemselves() {
        assertVerdict(diagnose(circling(500)), "configured-error", 0.8);
    }

    @Test
    void staysSilentOfACircleWhereAnotherStatusIsAnswered() {
        assertThat(probability(diagnose(circling(503)), "configured-error")).isZero();
    }

    private static MatterBuilder circling(int status) {
        return failed(status, setting(3, "try_files", "$uri", "/index.html"))
                .logged(
                        "internal-redirect-cycle",
                        "rewrite or internal redirection cycle while internally redirecting to \"/index.html\"",
                        0,
                        "");
    }
}
