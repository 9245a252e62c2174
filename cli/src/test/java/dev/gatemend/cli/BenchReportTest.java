package dev.gatemend.cli;

import static dev.gatemend.cli.SampleBench.COMPOSED;
import static dev.gatemend.cli.SampleBench.CONTROL;
import static dev.gatemend.cli.SampleBench.FAULT;
import static dev.gatemend.cli.SampleBench.report;
import static dev.gatemend.cli.SampleBench.says;
import static dev.gatemend.cli.SampleBench.silent;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    @Test
    void passesWhenAllIsRightAndAlsoWhenSomethingCouldNotBePlayedHere() {
        BenchReport report =
                report(
                        List.of(silent(CONTROL)),
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
        BenchReport report = report(List.of(silent(FAULT, "it sees nothing wrong")), List.of());

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
    void saysWhetherProbabilitiesMeanWhatTheySay() {
        BenchReport report = report(List.of(says(FAULT, "wrong-port", 0.9)), List.of());

        assertThat(report.text(new Page(80)).toString())
                .contains("\n1 claim: 1 right, expected calibration error 0.100\n");
    }

    @Test
    void scoresNothingThatIsComposedButFailsWhenItIsWrong() {
        BenchReport right =
                report(
                        List.of(
                                says(FAULT, "wrong-port", 0.9),
                                says(COMPOSED, "selinux-denied", 0.1)),
                        List.of());
        BenchReport wrong = report(List.of(silent(COMPOSED, "it sees nothing wrong")), List.of());

        assertThat(right.passed()).isTrue();
        assertThat(right.text(new Page(80)).toString())
                .contains(
                        "1 fault: 1 named first (100.0 %)",
                        "1 claim: 1 right, expected calibration error 0.100\n",
                        "not scored, since a part of them is composed: 1 scenario, 1 right\n")
                .doesNotContain("selinux-denied ");
        assertThat(wrong.passed()).isFalse();
        assertThat(wrong.text(new Page(80)).toString())
                .contains("1 scenario, 0 right", "WRONG: it sees nothing wrong");
    }

    @Test
    void failsWhenAScenarioIsBroken() {
        BenchReport report =
                report(List.of(), List.of(new BenchReport.NotPlayed("wrong-port/x", "why", true)));

        assertThat(report.passed()).isFalse();
        assertThat(report.text(new Page(80)).toString()).startsWith("nothing was played\n");
    }

    @Test
    void saysTheSameAsData() {
        String json =
                BenchJson.of(
                                report(
                                        List.of(
                                                silent(FAULT, "why"),
                                                says(SampleBench.OTHER, "wrong-port", 0.9)),
                                        List.of()))
                        .replaceAll("\\s+", "");

        assertThat(json)
                .startsWith(
                        "{\"schema\":\"gatemend.lab-bench/1\",\"machine\":{\"cores\":2,\"kernel\":\"Linux6.1.0\",\"nginx\":[\"nginx1.22.1\"]},\"faults\":{\"played\":2,\"first\":1,")
                .contains(
                        "\"faultsSetApart\":{\"played\":1,\"first\":0,",
                        "\"calibration\":{\"claims\":1,\"right\":1,\"meanProbability\":0.9,\"expectedError\":0.1,\"bins\":[{\"from\":0.0,\"to\":0.1,\"claims\":0,",
                        "\"calibrationSetApart\":{\"claims\":0,",
                        "\"timeToDiagnosis\":{\"medianSeconds\":0.25,\"p95Seconds\":0.25,\"maxSeconds\":0.25}",
                        "\"causes\":[{\"cause\":\"wrong-port\",\"played\":2,",
                        "\"medianSeconds\":0.25,\"p95Seconds\":0.25",
                        "{\"id\":\"wrong-port/node-moved\",\"cause\":\"wrong-port\",\"setApart\":true,\"composed\":false,\"right\":false,\"complaints\":[\"why\"],\"claims\":[],",
                        "\"claims\":[{\"cause\":\"wrong-port\",\"probability\":0.9,\"right\":true}]");
    }
}
