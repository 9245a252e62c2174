package dev.gatemend.cli;

import dev.gatemend.lab.Scenario;
import dev.gatemend.lab.ScenarioFolders;
import dev.gatemend.lab.Scenarios;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
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
    static List<Scenario> chosen(String wanted, List<Scenario> known) {
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
