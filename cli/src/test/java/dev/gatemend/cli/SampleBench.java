package dev.gatemend.cli;

import dev.gatemend.lab.BenchMachine;
import dev.gatemend.lab.Outcome;
import dev.gatemend.lab.Scenario;
import dev.gatemend.lab.Scenarios;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import dev.gatemend.model.Symptom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What could have come of a few scenarios. */
final class SampleBench {
    static final Scenario FAULT = Scenarios.named("wrong-port/node-moved").orElseThrow();
    static final Scenario OTHER = Scenarios.named("wrong-port/python-config").orElseThrow();
    static final Scenario COMPOSED = Scenarios.named("selinux-denied/tcp-port").orElseThrow();
    static final Scenario CONTROL = Scenarios.named("control/healthy").orElseThrow();

    private static final BenchMachine MACHINE =
            new BenchMachine(2, "Linux 6.1.0", List.of("nginx 1.22.1"));

    private SampleBench() {}

    static BenchReport report(List<Outcome> outcomes, List<BenchReport.NotPlayed> notPlayed) {
        return new BenchReport(MACHINE, outcomes, notPlayed);
    }

    /** A diagnosis of this cause, which takes a quarter of a second and nobody complains of. */
    static Outcome says(Scenario scenario, String cause, double probability) {
        return outcome(scenario, List.of(diagnosis(cause, probability)));
    }

    /** Silence; what is wrong with it, if anything. */
    static Outcome silent(Scenario scenario, String... complaints) {
        return outcome(scenario, List.of(), complaints);
    }

    private static Outcome outcome(
            Scenario scenario, List<Diagnosis> diagnoses, String... complaints) {
        return new Outcome(
                scenario,
                diagnoses,
                List.of(complaints),
                Duration.ofMillis(250),
                Duration.ofMillis(1_500));
    }

    private static Diagnosis diagnosis(String cause, double probability) {
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
        Finding finding =
                new Finding(cause, probability, "title", "", List.of(), List.of(), List.of());
        return new Diagnosis(
                symptom, List.of(finding), List.of(), 1 - probability, false, List.of());
    }
}
