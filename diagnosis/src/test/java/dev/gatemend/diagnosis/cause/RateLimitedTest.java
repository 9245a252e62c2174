package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.OwnStatus.failed;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Written.setting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import org.junit.jupiter.api.Test;

/** nginx's own limits. */
class RateLimitedTest {
    @Test
    void speaksOfTheLimitThatTurnedRequestsAway() {
        Diagnosis diagnosis = limited(503);

        Finding verdict = assertVerdict(diagnosis, "rate-limited", 0.95);
        assertThat(verdict.title())
                .isEqualTo("limit_req of zone perip turns requests away; no upstream is asked");
        assertThat(verdict.evidence().stream().map(Evidence::text))
                .contains("limit_req zone=perip burst=5");
        assertThat(diagnosis.symptom().madeBy()).isEqualTo(Maker.NGINX);
    }

    @Test
    void staysSilentOfAnotherStatusThanTheLimits() {
        assertThat(probability(limited(500), "rate-limited")).isZero();
    }

    private static Diagnosis limited(int status) {
        return diagnose(
                failed(status, setting(4, "limit_req", "zone=perip", "burst=5"))
                        .logged(
                                "limit-req",
                                "limiting requests, excess: 5.310 by zone \"perip\"",
                                0,
                                ""));
    }
}
