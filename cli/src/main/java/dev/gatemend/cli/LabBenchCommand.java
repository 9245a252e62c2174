package dev.gatemend.cli;

import dev.gatemend.lab.BenchMachine;
import dev.gatemend.lab.CannotPlay;
import dev.gatemend.lab.InProcess;
import dev.gatemend.lab.LabRun;
import dev.gatemend.lab.Outcome;
import dev.gatemend.lab.Scenario;
import dev.gatemend.model.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code gatemend lab bench}: plays all scenarios and says how good the diagnosis is. */
final class LabBenchCommand implements Command {
    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String summary() {
        return "Play all scenarios, or those named, and say how good the diagnosis is.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.flag(spec, Options.JSON, "One JSON document, schema gatemend.lab-bench/1.");
        BenchFiles.declare(spec);
        LabScenarios.declareChoice(spec);
    }

    @Override
    public int run(ParseResult words, Screen screen) throws InterruptedException {
        Optional<BenchFiles> files = BenchFiles.of(words);
        BenchReport report = play(words, screen);
        files.ifPresent(f -> f.write(report, Instant.now()));
        screen.out()
                .print(
                        Options.has(words, Options.JSON)
                                ? BenchJson.of(report)
                                : report.text(new Page(screen.columns())));
        return report.passed() ? ExitCode.FINE : ExitCode.FAILED;
    }

    private static BenchReport play(ParseResult words, Screen screen) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        List<BenchReport.NotPlayed> notPlayed = new ArrayList<>();
        Optional<Path> nginx = LabScenarios.nginx(words);
        for (Scenario scenario : LabScenarios.chosen(words)) {
            Optional<String> missing = LabRun.missing(scenario, nginx);
            if (missing.isPresent()) {
                notPlayed.add(new BenchReport.NotPlayed(scenario.id(), missing.get(), false));
                say(screen, "%-46s not played: %s".formatted(scenario.id(), missing.get()));
            } else {
                play(scenario, nginx, screen, outcomes, notPlayed);
            }
        }
        return new BenchReport(BenchMachine.here(nginx), outcomes, notPlayed);
    }

    private static void play(
            Scenario scenario,
            Optional<Path> nginx,
            Screen screen,
            List<Outcome> outcomes,
            List<BenchReport.NotPlayed> notPlayed)
            throws InterruptedException {
        try {
            Outcome outcome = LabRun.run(scenario, new InProcess(nginx), nginx);
            outcomes.add(outcome);
            say(screen, outcome.summary());
        } catch (CannotPlay e) {
            String why = String.valueOf(e.getMessage());
            notPlayed.add(new BenchReport.NotPlayed(scenario.id(), why, false));
            say(screen, "%-46s not played: %s".formatted(scenario.id(), why));
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            notPlayed.add(new BenchReport.NotPlayed(scenario.id(), why, true));
            say(screen, "%-46s BROKEN: %s".formatted(scenario.id(), why));
        }
    }

    private static void say(Screen screen, String words) {
        screen.err().println(Printable.oneLine(words));
        screen.err().flush();
    }
}
