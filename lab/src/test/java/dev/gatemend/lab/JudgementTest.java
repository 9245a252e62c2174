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

    private static final String BLOG = "blog.example";
    private static final Truth TWO =
            TRUTH.withOther(
                    new Fault(
                            "stale-socket",
                            Ask.of(BLOG, "/", 502),
                            Maker.NGINX,
                            Optional.of("127.0.0.1:2")));

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

    @Test
    void isContentWithEachOfTwoFaultsInAProblemOfItsOwnInWhateverOrder() {
        Diagnosis shop = diagnosis("wrong-port", Shop.SITE, "127.0.0.1:1", 0.1);
        Diagnosis blog = diagnosis("stale-socket", BLOG, "127.0.0.1:2", 0.1);

        assertThat(Judgement.complaints(FAULT, TWO, List.of(shop, blog))).isEmpty();
        assertThat(Judgement.complaints(FAULT, TWO, List.of(blog, shop))).isEmpty();
    }

    @Test
    void complainsWhenOneOfTwoFaultsIsNotSeenOrTakenForTheOther() {
        Diagnosis shop = diagnosis("wrong-port", Shop.SITE, "127.0.0.1:1", 0.1);
        Diagnosis same = diagnosis("wrong-port", BLOG, "127.0.0.1:2", 0.1);

        assertThat(Judgement.complaints(FAULT, TWO, List.of(shop))).hasSize(1);
        assertThat(Judgement.complaints(FAULT, TWO, List.of(shop, same))).hasSize(1);
    }

    @Test
    void holdsACauseToBeTrueOnlyAtTheSiteOfItsFault() {
        Scenario two = FAULT.alsoWith(TWO.others());
        Diagnosis right = diagnosis("stale-socket", BLOG, "127.0.0.1:2", 0.1);
        Diagnosis elsewhere = diagnosis("stale-socket", Shop.SITE, "127.0.0.1:1", 0.1);

        assertThat(Judgement.isTrue(two, right, right.findings().getFirst())).isTrue();
        assertThat(Judgement.isTrue(two, elsewhere, elsewhere.findings().getFirst())).isFalse();
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
