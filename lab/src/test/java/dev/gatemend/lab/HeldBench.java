package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that plays a scenario and stays in the middle of it until somebody ends it. */
final class HeldBench {
    private HeldBench() {}

    /** Begins to play a scenario in a process of its own, whose first line is its directory. */
    static Process begin(String scenario) throws IOException {
        List<String> command =
                List.of(
                        // whoever started us in the background may have SIGINT ignored, and that is
                        // inherited
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeldBench.class.getName(),
                        scenario);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The directory of one that has begun; it is in the middle of its scenario then. */
    static RunDirectory directoryOf(Process bench) throws IOException {
        String line = bench.inputReader().readLine();
        if (line == null) {
            throw new IOException("the bench ended before it was in the middle of its scenario");
        }
        return new RunDirectory(Path.of(line));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Scenario scenario = Scenarios.named(arguments[0]).orElseThrow();
        LabRun.run(
                scenario,
                (bench, _) -> {
                    System.out.println(bench.path(""));
                    System.in.read();
                    return List.of();
                });
    }
}
