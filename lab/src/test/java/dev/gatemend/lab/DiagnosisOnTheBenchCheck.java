package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DiagnosisOnTheBenchCheck {
    /**
     * Each fault, made for real, is named first and at its place; in a control nothing is wrong.
     * That the fault was there, and gone afterwards, is proved by the run itself. One scenario
     * alone: {@code -Dgatemend.scenarios=wrong-port/.*}.
     */
    @TestFactory
    Stream<DynamicTest> namesWhatIsWrongFirstAndNothingElse() {
        String chosen = System.getProperty("gatemend.scenarios", ".*");
        return Scenarios.all().stream()
                .filter(scenario -> scenario.id().matches(chosen))
                .map(s -> DynamicTest.dynamicTest(s.id(), () -> assertRight(s)));
    }

    private static void assertRight(Scenario scenario) throws IOException, InterruptedException {
        Outcome outcome = LabRun.run(scenario, new InProcess());
        System.out.println(outcome.summary());
        assertThat(outcome.complaints()).as(outcome.details()).isEmpty();
    }
}
