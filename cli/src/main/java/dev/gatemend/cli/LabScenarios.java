package dev.gatemend.cli;

import dev.gatemend.lab.Scenario;
import dev.gatemend.lab.ScenarioFolders;
import dev.gatemend.lab.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The scenarios a command is about: those that come with Gatemend, and folders of the user's. */
final class LabScenarios {
    private static final String FOLDERS = "--scenarios";

    private LabScenarios() {}

    static void declare(CommandSpec spec) {
        Options.value(
                spec,
                FOLDERS,
                "DIR",
                "Also those of a directory of yours, in folders CAUSE/VARIANT with a"
                        + " scenario.yaml.");
    }

    /** And which of them, as parameters. */
    static void declareChoice(CommandSpec spec) {
        declare(spec);
        Options.value(
                spec,
                LookOptions.NGINX,
                "BINARY",
                "Play them with this nginx, which need not be installed.");
        declareIds(spec);
    }

    private static void declareIds(CommandSpec spec) {
        spec.addPositional(
                PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .index("0..*")
                        .arity("0..*")
                        .paramLabel("ID")
                        .description(
                                "Scenarios, as in wrong-port/node-moved, a cause for all of its own, or"
                                        + " a folder of yours: ./CAUSE/VARIANT.")
                        .build());
    }

    /** Which of them, where each brings its own nginx. */
    static void declareChoiceOfHosts(CommandSpec spec) {
        declare(spec);
        declareIds(spec);
    }

    /** What was given to choose by. */
    static List<String> wanted(ParseResult words) {
        return words.matchedPositionalValue(0, List.of());
    }

    /** Those that the arguments mean, each once; without any, all there are. */
    static List<Scenario> chosen(ParseResult words) {
        List<Scenario> known = known(words);
        List<String> wanted = wanted(words);
        return wanted.isEmpty()
                ? known
                : wanted.stream().flatMap(w -> chosen(w, known).stream()).distinct().toList();
    }

    /** What to play them with, when it is not the installed one. */
    static Optional<Path> nginx(ParseResult words) {
        String binary = Options.text(words, LookOptions.NGINX, "");
        if (binary.isEmpty()) {
            return Optional.empty();
        }
        Path path = Path.of(binary).toAbsolutePath();
        if (!Files.isExecutable(path)) {
            throw new UsageException("no program there: " + binary);
        }
        return Optional.of(path);
    }

    /** All there are, the user's own last. */
    static List<Scenario> known(ParseResult words) {
        List<Scenario> known = new ArrayList<>(Scenarios.all());
        String folders = Options.text(words, FOLDERS, "");
        if (!folders.isEmpty()) {
            List<String> taken = known.stream().map(Scenario::id).toList();
            for (Scenario own : read(folders)) {
                if (taken.contains(own.id())) {
                    throw new UsageException(
                            own.id() + " comes with Gatemend; give your folder another name");
                }
                known.add(own);
            }
        }
        return known;
    }

    /** Those that an argument means: an id, a cause, or a folder, which has a slash in front. */
    private static List<Scenario> chosen(String wanted, List<Scenario> known) {
        if (wanted.startsWith(".") || wanted.startsWith("/")) {
            return read(wanted);
        }
        List<Scenario> meant = known.stream().filter(s -> isOf(s, wanted)).toList();
        if (meant.isEmpty()) {
            List<String> ids = known.stream().map(Scenario::id).toList();
            throw new UsageException(
                    "unknown scenario '"
                            + wanted
                            + "'"
                            + Likeness.suggestion(wanted, ids)
                                    .orElse(
                                            "; gatemend lab list shows them, and a folder of yours"
                                                    + " begins with ./ or /"));
        }
        return meant;
    }

    private static boolean isOf(Scenario scenario, String id) {
        return scenario.id().equals(id) || scenario.id().startsWith(id + "/");
    }

    private static List<Scenario> read(String folder) {
        try {
            return ScenarioFolders.of(Path.of(folder));
        } catch (NoSuchFileException e) {
            throw new UsageException("no such directory: " + folder, e);
        } catch (IOException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
