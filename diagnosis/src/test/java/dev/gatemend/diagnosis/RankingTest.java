package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RankingTest {
    private final Matter matter = new MatterBuilder().peer("127.0.0.1:8000").build();

    @Test
    void probabilitiesAndUnknownAddUpToOne() {
        Ranked ranked =
                rank(cause("a", a -> a.because(MODERATE, "s", "t", "w")), cause("b", a -> a));

        double sum =
                ranked.findings().stream().mapToDouble(Finding::probability).sum()
                        + ranked.unknown();
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    @Test
    void aDecisiveObservationBesideTheSymptomIsConfident() {
        Ranked ranked =
                rank(
                        cause(
                                "a",
                                a ->
                                        a.because(MODERATE, "log", "t", "w")
                                                .because(DECISIVE, "sockets", "t", "w")));

        assertThat(ranked.findings().getFirst().probability()).isGreaterThan(0.95);
        assertThat(ranked.next()).isEmpty();
    }

    @Test
    void aSymptomAloneIsNotConfidentAndAsksForAFurtherLook() {
        Ranked ranked =
                rank(
                        cause(
                                "a",
                                a ->
                                        a.because(MODERATE, "log", "t", "w")
                                                .next("ss -ltn", "who listens")),
                        cause("b", a -> a.because(MODERATE, "log", "t", "w")));

        assertThat(ranked.findings().getFirst().probability()).isLessThan(0.8);
        assertThat(ranked.next()).contains(new Diagnosis.NextStep("ss -ltn", "who listens"));
    }

    @Test
    void whatOneObserverSaysTwiceIsNotTwoWitnesses() {
        double once = probability(cause("a", a -> a.because(STRONG, "log", "1", "w")));
        double twice =
                probability(
                        cause(
                                "a",
                                a ->
                                        a.because(STRONG, "log", "1", "w")
                                                .because(STRONG, "log", "2", "w")));
        double two =
                probability(
                        cause(
                                "a",
                                a ->
                                        a.because(STRONG, "log", "1", "w")
                                                .because(STRONG, "sockets", "2", "w")));

        assertThat(twice).isBetween(once, two);
    }

    @Test
    void aGeneralCauseStepsBackBehindASpecialOneWithEvidenceOfItsOwn() {
        Cause general =
                cause("general", List.of("special"), a -> a.because(DECISIVE, "log", "t", "w"));
        Cause special = cause("special", a -> a.because(STRONG, "kernel", "t", "w"));

        assertThat(rank(general, special).findings().getFirst().cause()).isEqualTo("special");
    }

    @Test
    void aGeneralCauseStaysAheadOfASpecialOneWithoutEvidence() {
        Cause general =
                cause("general", List.of("special"), a -> a.because(DECISIVE, "log", "t", "w"));
        Cause special = cause("special", a -> a.because(MODERATE, "log", "t", "w"));

        assertThat(rank(general, special).findings().getFirst().cause()).isEqualTo("general");
    }

    @Test
    void aCauseThatAFactSpeaksAgainstIsRuledOutWithThatFact() {
        Ranked ranked =
                rank(
                        cause("a", a -> a.because(DECISIVE, "sockets", "t", "w")),
                        cause("b", a -> a.against(DECISIVE, "sockets", "it answers", "w")));

        assertThat(ranked.ruledOut()).contains(new Diagnosis.RuledOut("b", "it answers"));
    }

    @Test
    void withoutAnyCauseEverythingIsUnknown() {
        assertThat(rank().unknown()).isEqualTo(1);
    }

    private Ranked rank(Cause... causes) {
        return new Ranking(List.of(causes)).rank(matter);
    }

    private double probability(Cause cause) {
        return rank(cause).findings().getFirst().probability();
    }

    private static Cause cause(String id, Function<Argument, Argument> argue) {
        return cause(id, List.of(), argue);
    }

    private static Cause cause(
            String id, List<String> yieldsTo, Function<Argument, Argument> argue) {
        CauseInfo info =
                new CauseInfo(
                        id, Group.OTHER, Frequency.COMMON, "s", "d", "t", yieldsTo, List.of());
        return new Cause() {
            @Override
            public CauseInfo info() {
                return info;
            }

            @Override
            public Judgement judge(Matter matter) {
                return argue.apply(Argument.that("place", "title")).judgement();
            }
        };
    }
}
