package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;

/** A process that plays a scenario and stays in the middle of it until somebody ends it. */
final class HeldBench {
    private HeldBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Scenario scenario = Scenarios.named(arguments[0]).orElseThrow();
        LabRun.run(
                scenario,
                (configuration, _) -> {
                    System.out.println(configuration.resolve("../..").normalize());
                    System.in.read();
                    return List.of();
                });
    }
}
