package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.lab.Outcome;
import dev.gatemend.lab.Scenario;
import dev.gatemend.lab.Scenarios;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final Scenario FAULT = Scenarios.named("wrong-port/node-moved").orElseThrow();
    private static final Scenario CONTROL = Scenarios.named("control/healthy").orElseThrow();

    @Test
    void passesWhenAllIsRightAndAlsoWhenSomethingCouldNotBePlayedHere() {
        BenchReport report =
                new BenchReport(
                        List.of(outcome(CONTROL)),
                        List.of(
                                new BenchReport.NotPlayed(
                                        "wrong-port/x", "root: run as root", false)));

        assertThat(report.passed()).isTrue();
        assertThat(report.text(new Page(80)).toString())
                .isEqualTo(
                        """
                        1 control where nothing is wrong: 0 false alarms
                        a diagnosis took 0.25 s (median), 95 of 100 at most 0.25 s, the longest 0.25 s
                        wrong-port/x not played: root: run as root
                        """);
    }

    @Test
    void failsWhenADiagnosisIsWrongAndSaysHow() {
        BenchReport report =
                new BenchReport(List.of(outcome(FAULT, "it sees nothing wrong")), List.of());

        assertThat(report.passed()).isFalse();
        assertThat(report.text(new Page(80)).toString())
                .isEqualTo(
                        """
                        cause                      played  first  right  wrong   median     95 %
                        wrong-port                      1      0      0      0   0.25 s   0.25 s

                        1 fault: 0 named first (0.0 %), 0 right in all, 0 confidently wrong
                        a diagnosis took 0.25 s (median), 95 of 100 at most 0.25 s, the longest 0.25 s
                        wrong-port/node-moved 1.5 s WRONG: it sees nothing wrong
                        """);
    }

    @Test
    void failsWhenAScenarioIsBroken() {
        BenchReport report =
                new BenchReport(
                        List.of(), List.of(new BenchReport.NotPlayed("wrong-port/x", "why", true)));

        assertThat(report.passed()).isFalse();
        assertThat(report.text(new Page(80)).toString()).startsWith("nothing was played\n");
    }

    @Test
    void saysTheSameAsData() {
        String json =
                new BenchReport(List.of(outcome(FAULT, "why")), List.of())
                        .json()
                        .replaceAll("\\s+", "");

        assertThat(json)
                .startsWith(
                        "{\"schema\":\"gatemend.lab-bench/1\",\"faults\":{\"played\":1,\"first\":0,")
                .contains(
                        "\"causes\":[{\"cause\":\"wrong-port\",\"played\":1,",
                        "\"medianSeconds\":0.25,\"p95Seconds\":0.25",
                        "{\"id\":\"wrong-port/node-moved\",\"cause\":\"wrong-port\",\"right\":false,\"complaints\":[\"why\"],");
    }

    private static Outcome outcome(Scenario scenario, String... complaints) {
        return new Outcome(
                scenario,
                List.of(),
                List.of(complaints),
                Duration.ofMillis(250),
                Duration.ofMillis(1_500));
    }
}
