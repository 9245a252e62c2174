package dev.gatemend.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The scenarios that come with Gatemend. */
public final class Scenarios {
    private Scenarios() {}

    /** Every scenario, by id. */
    public static List<Scenario> all() {
        return ScenarioFolders.builtIn();
    }

    /** Those that are true of this nginx's version. */
    static List<Scenario> with(Path nginx) throws InterruptedException {
        List<Scenario> fitting = new ArrayList<>();
        for (Scenario scenario : all()) {
            if (scenario.versions().against(nginx).isEmpty()) {
                fitting.add(scenario);
            }
        }
        return fitting;
    }

    /** The scenario of that id. */
    public static Optional<Scenario> named(String id) {
        return all().stream().filter(scenario -> scenario.id().equals(id)).findFirst();
    }
}
