package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import dev.gatemend.model.Symptom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreTest {
    @Test
    void countsWhatWasNamedFirstAndWhatWasRightInAll() {
        List<Score> scores =
                Score.byCause(
                        List.of(
                                outcome("wrong-port/a", 300, List.of(), says("wrong-port", 0.9)),
                                outcome(
                                        "wrong-port/b",
                                        100,
                                        List.of("a peer"),
                                        says("wrong-port", 0.9)),
                                outcome("wrong-port/c", 200, List.of("not seen"))));

        assertThat(scores)
                .containsExactly(
                        new Score(
                                Optional.of("wrong-port"),
                                3,
                                2,
                                1,
                                0,
                                0,
                                Duration.ofMillis(200),
                                Duration.ofMillis(300)));
    }

    @Test
    void fiveOfAHundredMayTakeLonger() {
        List<Duration> times = IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList();

        assertThat(Score.medianOf(times)).hasMillis(50);
        assertThat(Score.slowOf(times)).hasMillis(95);
        assertThat(Score.slowOf(times.subList(0, 3))).hasMillis(3);
        assertThat(Score.slowOf(List.of())).isZero();
    }

    @Test
    void anotherCauseIsConfidentlyWrongOnlyWhenSureOfItself() {
        assertThat(wrong(says("stale-socket", 0.9))).isEqualTo(1);
        assertThat(wrong(says("stale-socket", 0.6))).isZero();
        assertThat(wrong(says("wrong-port", 0.9), says("stale-socket", 0.9))).isEqualTo(1);
        assertThat(wrong(says("wrong-port", 0.9))).isZero();
    }

    @Test
    void anythingSaidOfAControlIsAFalseAlarmAndNothingElse() {
        List<Outcome> outcomes =
                List.of(
                        outcome("control/a", 1, List.of("it says"), says("wrong-port", 0.9)),
                        outcome("control/b", 1, List.of()));

        assertThat(Score.ofAll(outcomes, true))
                .isEqualTo(
                        new Score(
                                Optional.empty(),
                                2,
                                0,
                                1,
                                0,
                                1,
                                Duration.ofMillis(1),
                                Duration.ofMillis(1)));
        assertThat(Score.ofAll(outcomes, false).played()).isZero();
    }

    @Test
    void twoFaultsAreNamedFirstOnlyWhenBothAre() {
        Scenario two =
                Scenario.of("wrong-port/two", "a test")
                        .asks(Shop.cart(502))
                        .alsoWith(
                                List.of(
                                        new Fault(
                                                "stale-socket",
                                                Ask.of("blog.example", "/", 502),
                                                Maker.NGINX,
                                                Optional.empty())));
        Diagnosis shop = says("wrong-port", 0.9, Shop.SITE);
        Diagnosis blog = says("stale-socket", 0.9, "blog.example");

        assertThat(firstOf(two, shop, blog)).isEqualTo(1);
        assertThat(firstOf(two, blog, shop)).isEqualTo(1);
        assertThat(firstOf(two, shop)).isZero();
        assertThat(firstOf(two, shop, says("stale-socket", 0.9, Shop.SITE))).isZero();
    }

    private static int firstOf(Scenario scenario, Diagnosis... diagnoses) {
        Outcome outcome =
                new Outcome(
                        scenario,
                        Arrays.asList(diagnoses),
                        List.of(),
                        Duration.ZERO,
                        Duration.ZERO);
        return Score.ofAll(List.of(outcome), false).first();
    }

    private static int wrong(Diagnosis... diagnoses) {
        return Score.byCause(List.of(outcome("wrong-port/a", 1, List.of(), diagnoses)))
                .getFirst()
                .confidentlyWrong();
    }

    private static Outcome outcome(
            String id, int milliseconds, List<String> complaints, Diagnosis... diagnoses) {
        return new Outcome(
                Scenario.of(id, "a test"),
                Arrays.asList(diagnoses),
                complaints,
                Duration.ofMillis(milliseconds),
                Duration.ofSeconds(1));
    }

    private static Diagnosis says(String cause, double probability, String... sites) {
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
                        List.of(sites));
        Finding finding =
                new Finding(cause, probability, "title", "", List.of(), List.of(), List.of());
        return new Diagnosis(
                symptom, List.of(finding), List.of(), 1 - probability, false, List.of());
    }
}
