package dev.gatemend.cli;

import dev.gatemend.lab.BenchMachine;
import dev.gatemend.lab.CannotPlay;
import dev.gatemend.lab.Comparison;
import dev.gatemend.lab.ComparisonRun;
import dev.gatemend.lab.Scenario;
import dev.gatemend.model.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code gatemend lab compare}: what becomes of the same faults under those who only restart. */
final class LabCompareCommand implements Command {
    private static final String FILE = "-o";

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String summary() {
        return "Give the same faults to Monit and to Restart=always, and measure the outages.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.flag(spec, Options.JSON, "One JSON document, schema gatemend.lab-compare/1.");
        Options.value(spec, FILE, "FILE", "Also write a page about it in Markdown.");
        Options.flag(spec, NewFile.FORCE, "Replace the page if it is there.");
        LabScenarios.declareChoiceOfHosts(spec);
    }

    @Override
    public int run(ParseResult words, Screen screen) throws InterruptedException {
        String file = Options.text(words, FILE, "");
        boolean replace = Options.has(words, NewFile.FORCE);
        Optional<Path> page =
                file.isEmpty() ? Optional.empty() : Optional.of(LookOptions.path(file));
        page.ifPresent(path -> NewFile.check(path, replace));
        ComparisonReport report = play(chosen(words), screen);
        page.ifPresent(path -> write(path, replace, ComparisonPage.of(report, Instant.now())));
        screen.out()
                .print(
                        Options.has(words, Options.JSON)
                                ? ComparisonJson.of(report)
                                : report.text(new Page(screen.columns())));
        return report.passed() ? ExitCode.FINE : ExitCode.FAILED;
    }

    private static void write(Path page, boolean replace, String text) {
        NewFile.write(page, replace, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Without names, those are meant that can be compared. */
    private static List<Scenario> chosen(ParseResult words) {
        List<Scenario> chosen = LabScenarios.chosen(words);
        List<Scenario> compared = chosen.stream().filter(ComparisonRun::concerns).toList();
        if (compared.isEmpty()) {
            throw new UsageException(
                    "none of these says which restart mends it: in its scenario.yaml, \"restart\""
                            + " goes with \"host: systemd\"");
        }
        return compared;
    }

    private static ComparisonReport play(List<Scenario> scenarios, Screen screen)
            throws InterruptedException {
        List<Comparison> comparisons = new ArrayList<>();
        List<BenchReport.NotPlayed> notPlayed = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            Optional<String> missing = ComparisonRun.missing(scenario);
            if (missing.isPresent()) {
                notPlayed.add(new BenchReport.NotPlayed(scenario.id(), missing.get(), false));
                say(screen, "%-48s not played: %s".formatted(scenario.id(), missing.get()));
            } else {
                play(scenario, screen, comparisons, notPlayed);
            }
        }
        return new ComparisonReport(BenchMachine.here(Optional.empty()), comparisons, notPlayed);
    }

    private static void play(
            Scenario scenario,
            Screen screen,
            List<Comparison> comparisons,
            List<BenchReport.NotPlayed> notPlayed)
            throws InterruptedException {
        try {
            Comparison comparison = ComparisonRun.run(scenario);
            comparisons.add(comparison);
            say(screen, ComparisonReport.summary(comparison));
        } catch (CannotPlay e) {
            notPlayed.add(
                    new BenchReport.NotPlayed(
                            scenario.id(), String.valueOf(e.getMessage()), false));
            say(screen, "%-48s not played: %s".formatted(scenario.id(), e.getMessage()));
        } catch (IOException e) {
            notPlayed.add(
                    new BenchReport.NotPlayed(scenario.id(), String.valueOf(e.getMessage()), true));
            say(screen, "%-48s BROKEN: %s".formatted(scenario.id(), e.getMessage()));
        }
    }

    private static void say(Screen screen, String words) {
        screen.err().println(Printable.oneLine(words));
        screen.err().flush();
    }
}
