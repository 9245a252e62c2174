package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.host.bundle.Secrets;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    @Test
    void probabilitiesAndUnknownAddUpToOneHoweverTheyRound() {
        long seed = 20_261_121;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            double[] weights =
                    IntStream.range(0, 1 + random.nextInt(12))
                            .mapToDouble(i -> random.nextDouble())
                            .toArray();
            double all = Arrays.stream(weights).sum();

            double[] shares = Json.sharesOfOne(problem(weights, all));

            assertThat(Arrays.stream(shares).map(s -> s * 10_000).mapToLong(Math::round).sum())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(10_000);
            assertThat(Arrays.stream(shares).boxed()).allMatch(s -> s >= 0 && s <= 1);
        }
    }

    private static Diagnosis problem(double[] weights, double all) {
        List<Finding> findings =
                Arrays.stream(weights, 1, weights.length)
                        .mapToObj(
                                w ->
                                        new Finding(
                                                "x", w / all, "", "", List.of(), List.of(),
                                                List.of()))
                        .toList();
        Diagnosis sample = SampleReports.closedDirectory();
        return new Diagnosis(
                sample.symptom(), findings, List.of(), weights[0] / all, false, List.of());
    }

    @Test
    void unknownIsNullAndNeverAMadeUpValue() {
        String json = Rendering.json(SampleReports.sample("not-running"), Secrets::hide);

        assertThat(json)
                .contains(
                        "\"nginx\" : null",
                        "\"total\" : null",
                        "\"first\" : null",
                        "\"site\" : null");
    }
}
