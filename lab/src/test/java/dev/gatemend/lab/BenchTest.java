package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class BenchTest {
    /**
     * That the fault is there, and gone afterwards, is proved by the run itself. Those on a host
     * with systemd, which has to be fetched first, prove it when they are diagnosed.
     */
    @TestFactory
    Stream<DynamicTest> makesEachFaultForRealAndUndoesIt() throws InterruptedException {
        return Scenarios.with(Need.program("nginx").orElseThrow()).stream()
                .filter(s -> !s.needs().contains(Need.SYSTEMD))
                .map(s -> DynamicTest.dynamicTest(s.id(), () -> assertMade(s)));
    }

    private static void assertMade(Scenario scenario) {
        assertThatCode(() -> LabRun.run(scenario, (_, _) -> List.of())).doesNotThrowAnyException();
    }
}
