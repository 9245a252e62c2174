package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.OwnStatus.failed;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Written.setting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import org.junit.jupiter.api.Test;

/** Neither yes nor no from the service that auth_request asks. */
class AuthRequestFailedTest {
    @Test
    void speaksWhenTheAnswerWasNeitherYesNorNo() {
        Finding verdict = assertVerdict(unexpected(500), "auth-request-failed", 0.95);

        assertThat(verdict.title()).isEqualTo("auth_request /_auth got 502, so nginx answers 500");
    }

    @Test
    void staysSilentOfAnotherStatusThanItMakes() {
        assertThat(probability(unexpected(503), "auth-request-failed")).isZero();
    }

    private static Diagnosis unexpected(int status) {
        return diagnose(
                failed(status, setting(4, "auth_request", "/_auth"))
                        .logged(
                                "auth-request-unexpected-status",
                                "auth request unexpected status: 502",
                                0,
                                ""));
    }
}
