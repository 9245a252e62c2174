package dev.gatemend.cli;

import static dev.gatemend.cli.SampleBench.COMPOSED;
import static dev.gatemend.cli.SampleBench.CONTROL;
import static dev.gatemend.cli.SampleBench.FAULT;
import static dev.gatemend.cli.SampleBench.OTHER;
import static dev.gatemend.cli.SampleBench.says;
import static dev.gatemend.cli.SampleBench.silent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.lab.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchPageTest {
    @Test
    void countsTheThirdThatIsSetApartByItself() {
        String page =
                page(
                        List.of(
                                says(FAULT, "wrong-port", 0.95),
                                says(OTHER, "stale-socket", 0.95),
                                silent(CONTROL)));

        assertThat(page)
                .contains(
                        "| all | 2 | 1 (50.0 %) | 2 (100.0 %) | 1 (50.0 %) | 1 | 0 |",
                        "| the third set apart | 1 | 1 (100.0 %) | 1 (100.0 %) | 0 (0.0 %) |",
                        "| the others | 1 | 0 (0.0 %) | 1 (100.0 %) | 1 (100.0 %) |");
    }

    @Test
    void saysWhatOfAScenarioWasComposedAndCountsItNowhere() {
        String page =
                page(
                        List.of(
                                says(FAULT, "wrong-port", 0.95),
                                says(COMPOSED, "selinux-denied", 0.1)));

        assertThat(page)
                .contains(
                        "| all | 1 | 1 (100.0 %) |",
                        "## Composed, and not scored",
                        "* `selinux-denied/tcp-port`: right: SELinux, which not every kernel runs.");
        assertThat(page(List.of(says(FAULT, "wrong-port", 0.95)))).doesNotContain("Composed");
    }

    @Test
    void showsTheBinsThatTheErrorIsMadeOf() {
        String page =
                page(
                        List.of(
                                says(FAULT, "wrong-port", 0.95),
                                says(OTHER, "wrong-port", 0.55),
                                silent(CONTROL)));

        assertThat(page)
                .contains(
                        "Expected calibration error: **0.250** of 2 claims; 0.050 of the third set apart.",
                        "In the mean claims are given 0.750 and 1.000 of them are right: they say less",
                        "| 0.4 to 0.5 | 0 | 0 |  |  |",
                        "| 0.5 to 0.6 | 1 | 1 | 1.000 | 0.550 |",
                        "![How sure, and how often right: 1 of 1 around 0.550, 1 of 1 around 0.950](bench.svg)");
    }

    @Test
    void saysWhenClaimsSayMoreThanTheyKnow() {
        assertThat(page(List.of(says(FAULT, "stale-socket", 0.9))))
                .contains("0.000 of them are right: they say more than they know.");
    }

    @Test
    void isContentWithProbabilitiesThatMeanWhatTheySay() {
        assertThat(page(List.of(says(FAULT, "wrong-port", 0.97))))
                .contains("In the mean claims are given 0.970 and 1.000 of them are right.\n");
    }

    @Test
    void tellsWhatWasOnWhichMachineAndWhen() {
        assertThat(page(List.of(silent(CONTROL))))
                .contains("Played at 2026-05-04T10:11Z with gatemend ")
                .contains("on 2 cores, Linux 6.1.0; nginx 1.22.1.")
                .contains("Half of the diagnoses took at most **0.25 s**, 95 of 100 at most 0.25 s")
                .contains("Nothing: all were played, and all were right.");
    }

    @Test
    void namesEachThatWasWrongOrNotPlayedWithoutBecomingMarkup() {
        BenchReport report =
                SampleBench.report(
                        List.of(silent(FAULT, "it says <b>nothing</b>")),
                        List.of(
                                new BenchReport.NotPlayed("wrong-port/x", "as root", false),
                                new BenchReport.NotPlayed("wrong-port/y", "got 200", true)));

        assertThat(page(report))
                .contains(
                        "* `wrong-port/node-moved`: it says \\<b\\>nothing\\</b\\>\n",
                        "* `wrong-port/x`: not played: as root\n",
                        "* `wrong-port/y`: broken: got 200\n")
                .doesNotContain("all were right");
    }

    private static String page(List<Outcome> outcomes) {
        return page(SampleBench.report(outcomes, List.of()));
    }

    private static String page(BenchReport report) {
        return BenchPage.of(report, Instant.parse("2026-05-04T10:11:12Z"), "bench.svg");
    }
}
