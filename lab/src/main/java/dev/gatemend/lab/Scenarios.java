package dev.gatemend.lab;

import java.util.List;
import java.util.Optional;

/** The scenarios that come with Gatemend. */
public final class Scenarios {
    private Scenarios() {}

    /** Every scenario, by id. */
    public static List<Scenario> all() {
        return ScenarioFolders.builtIn();
    }

    /** The scenario of that id. */
    public static Optional<Scenario> named(String id) {
        return all().stream().filter(scenario -> scenario.id().equals(id)).findFirst();
    }
}
