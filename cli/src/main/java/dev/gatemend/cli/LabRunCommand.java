package dev.gatemend.cli;

import dev.gatemend.lab.CannotPlay;
import dev.gatemend.lab.InProcess;
import dev.gatemend.lab.LabRun;
import dev.gatemend.lab.Outcome;
import dev.gatemend.lab.Scenario;
import dev.gatemend.model.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code gatemend lab run}: plays scenarios one after the other and judges each diagnosis. */
final class LabRunCommand implements Command {
    private static final String ALL = "--all";

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "Play scenarios, and end with how many diagnoses were right.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.flag(spec, ALL, "Play every scenario.");
        LabScenarios.declareChoice(spec);
    }

    @Override
    public int run(ParseResult words, Screen screen) throws InterruptedException {
        Tally tally = new Tally();
        Optional<Path> nginx = LabScenarios.nginx(words);
        for (Scenario scenario : chosen(words)) {
            play(scenario, nginx, screen, tally);
            screen.out().flush();
        }
        screen.out().println(tally);
        return tally.wrong > 0 ? ExitCode.FAILED : ExitCode.FINE;
    }

    private static List<Scenario> chosen(ParseResult words) {
        if (Options.has(words, ALL) != LabScenarios.wanted(words).isEmpty()) {
            throw new UsageException(
                    "which scenarios? ids, folders, or " + ALL + "; gatemend lab list shows them");
        }
        return LabScenarios.chosen(words);
    }

    private static void play(Scenario scenario, Optional<Path> nginx, Screen screen, Tally tally)
            throws InterruptedException {
        Optional<String> missing = LabRun.missing(scenario, nginx);
        if (missing.isPresent()) {
            tally.notPlayed++;
            say(screen, "%-46s not played: %s".formatted(scenario.id(), missing.get()));
            return;
        }
        try {
            Outcome outcome = LabRun.run(scenario, new InProcess(nginx), nginx);
            tally.count(outcome.right());
            say(screen, outcome.summary());
            if (!outcome.right()) {
                outcome.details().lines().forEach(line -> say(screen, "    " + line));
            }
        } catch (CannotPlay e) {
            tally.notPlayed++;
            say(screen, "%-46s not played: %s".formatted(scenario.id(), e.getMessage()));
        } catch (IOException e) {
            tally.count(false);
            say(screen, "%-46s BROKEN: %s".formatted(scenario.id(), e.getMessage()));
        }
    }

    private static void say(Screen screen, String words) {
        screen.out().println(Printable.oneLine(words));
    }

    /** How many diagnoses were right; its text is read by {@code ./check}. */
    private static final class Tally {
        private int right;
        private int wrong;
        private int notPlayed;

        void count(boolean isRight) {
            if (isRight) {
                right++;
            } else {
                wrong++;
            }
        }

        @Override
        public String toString() {
            return "%d right, %d wrong, %d not played".formatted(right, wrong, notPlayed);
        }
    }
}
