package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import dev.gatemend.model.Symptom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void claimsTheFirstFindingOfEachProblemAndNoOther() {
        Outcome outcome =
                outcome(
                        "wrong-port/test",
                        says(finding("wrong-port", 0.9), finding("stale-socket", 0.05)),
                        says(finding("stale-socket", 0.6)));

        assertThat(outcome.claims())
                .containsExactly(
                        new Claim("wrong-port", 0.9, true), new Claim("stale-socket", 0.6, false));
    }

    @Test
    void claimsNothingWhereNothingWasSeenOrOnlyUnknownWasSaid() {
        assertThat(outcome("wrong-port/test").claims()).isEmpty();
        assertThat(outcome("wrong-port/test", says()).claims()).isEmpty();
    }

    @Test
    void isNeverRightWithAClaimInAControl() {
        assertThat(outcome("control/test", says(finding("wrong-port", 0.7))).claims())
                .containsExactly(new Claim("wrong-port", 0.7, false));
    }

    private static Outcome outcome(String id, Diagnosis... diagnoses) {
        return new Outcome(
                Scenario.of(id, "a test"),
                List.of(diagnoses),
                List.of(),
                Duration.ZERO,
                Duration.ZERO);
    }

    private static Finding finding(String cause, double probability) {
        return new Finding(cause, probability, "title", "", List.of(), List.of(), List.of());
    }

    private static Diagnosis says(Finding... findings) {
        Symptom symptom =
                new Symptom(
                        Symptom.Kind.TRAFFIC,
                        1,
                        Map.of(502, 1L),
                        1,
                        OptionalLong.of(1),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Maker.NGINX,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of());
        double unknown = 1 - Stream.of(findings).mapToDouble(Finding::probability).sum();
        return new Diagnosis(symptom, List.of(findings), List.of(), unknown, false, List.of());
    }
}
