package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import dev.gatemend.model.Symptom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final Scenario FAULT =
            Scenario.of("wrong-port/test", "a test").asks(Shop.cart(502));
    private static final Truth TRUTH = Truth.NOTHING.withPeer("127.0.0.1:1");

    @Test
    void isContentWithTheRightCauseAtTheRightPlace() {
        Diagnosis right = diagnosis("wrong-port", Shop.SITE, "127.0.0.1:1", 0.1);

        assertThat(Judgement.complaints(FAULT, TRUTH, List.of(right))).isEmpty();
    }

    @Test
    void complainsOfAnotherCause() {
        Diagnosis wrong = diagnosis("app-not-running", Shop.SITE, "127.0.0.1:1", 0.1);

        assertThat(Judgement.complaints(FAULT, TRUTH, List.of(wrong))).hasSize(1);
    }

    @Test
    void complainsWhenUnknownWeighsMore() {
        Diagnosis undecided = diagnosis("wrong-port", Shop.SITE, "127.0.0.1:1", 0.95);

        assertThat(Judgement.complaints(FAULT, TRUTH, List.of(undecided))).hasSize(1);
    }

    @Test
    void complainsOfAnotherPeerAndOfAnotherSite() {
        Diagnosis elsewhere = diagnosis("wrong-port", "docs.example", "127.0.0.1:2", 0.1);

        assertThat(Judgement.complaints(FAULT, TRUTH, List.of(elsewhere))).hasSize(3);
    }

    @Test
    void complainsOfSilenceAndOfASecondProblem() {
        Diagnosis right = diagnosis("wrong-port", Shop.SITE, "127.0.0.1:1", 0.1);

        assertThat(Judgement.complaints(FAULT, TRUTH, List.of())).hasSize(1);
        assertThat(Judgement.complaints(FAULT, TRUTH, List.of(right, right))).hasSize(1);
    }

    @Test
    void complainsOfAnyProblemInAControl() {
        Scenario control = Scenario.of("control/test", "a test");
        Diagnosis any = diagnosis("wrong-port", Shop.SITE, "127.0.0.1:1", 0.1);

        assertThat(Judgement.complaints(control, Truth.NOTHING, List.of(any))).hasSize(1);
        assertThat(Judgement.complaints(control, Truth.NOTHING, List.of())).isEmpty();
    }

    private static Diagnosis diagnosis(String cause, String site, String peer, double unknown) {
        Symptom symptom =
                new Symptom(
                        Symptom.Kind.TRAFFIC,
                        1,
                        Map.of(502, 5L),
                        5,
                        OptionalLong.of(5),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Maker.NGINX,
                        Optional.of(site),
                        Optional.of("/"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(peer),
                        List.of(peer),
                        List.of(site));
        Finding finding =
                new Finding(cause, 1 - unknown, "title", "why", List.of(), List.of(), List.of());
        return new Diagnosis(symptom, List.of(finding), List.of(), unknown, false, List.of());
    }
}
