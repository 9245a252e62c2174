package dev.gatemend.cli;

import dev.gatemend.lab.InProcess;
import dev.gatemend.lab.LabRun;
import dev.gatemend.lab.Outcome;
import dev.gatemend.lab.Scenario;
import dev.gatemend.lab.Scenarios;
import dev.gatemend.model.Printable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
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
        spec.addPositional(
                PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .index("0..*")
                        .arity("0..*")
                        .paramLabel("ID")
                        .description(
                                "Scenarios, as in wrong-port/node-tcp, or a cause for all of its own.")
                        .build());
    }

    @Override
    public int run(ParseResult words, Screen screen) throws InterruptedException {
        Tally tally = new Tally();
        for (Scenario scenario : chosen(words)) {
            play(scenario, screen, tally);
            screen.out().flush();
        }
        screen.out().println(tally);
        return tally.wrong > 0 ? ExitCode.FAILED : ExitCode.FINE;
    }

    private static List<Scenario> chosen(ParseResult words) {
        List<String> ids = words.matchedPositionalValue(0, List.of());
        if (Options.has(words, ALL) == ids.isEmpty()) {
            return ids.isEmpty() ? Scenarios.all() : chosen(ids);
        }
        throw new UsageException(
                "which scenarios? ids, or " + ALL + "; gatemend lab list shows them");
    }

    private static List<Scenario> chosen(List<String> ids) {
        for (String id : ids) {
            if (Scenarios.all().stream().noneMatch(s -> isOf(s, id))) {
                List<String> known = Scenarios.all().stream().map(Scenario::id).toList();
                throw new UsageException(
                        "unknown scenario '"
                                + id
                                + "'"
                                + Likeness.suggestion(id, known)
                                        .orElse("; gatemend lab list shows them"));
            }
        }
        return Scenarios.all().stream()
                .filter(s -> ids.stream().anyMatch(i -> isOf(s, i)))
                .toList();
    }

    private static boolean isOf(Scenario scenario, String id) {
        return scenario.id().equals(id) || scenario.id().startsWith(id + "/");
    }

    private static void play(Scenario scenario, Screen screen, Tally tally)
            throws InterruptedException {
        Optional<String> missing = LabRun.missing(scenario);
        if (missing.isPresent()) {
            tally.notPlayed++;
            say(screen, "%-46s not played: %s".formatted(scenario.id(), missing.get()));
            return;
        }
        try {
            Outcome outcome = LabRun.run(scenario, new InProcess());
            tally.count(outcome.right());
            say(screen, outcome.summary());
            if (!outcome.right()) {
                outcome.details().lines().forEach(line -> say(screen, "    " + line));
            }
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
