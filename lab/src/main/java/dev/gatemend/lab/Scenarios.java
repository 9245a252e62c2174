package dev.gatemend.lab;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The list of all scenarios, by the groups of the causes' catalogue. */
public final class Scenarios {
    private Scenarios() {}

    /** Every scenario, faults first, then controls. */
    public static List<Scenario> all() {
        return Stream.of(
                        ScenarioFolders.all(),
                        NothingListens.all(),
                        WrongPlace.all(),
                        Astray.all(),
                        Names.all(),
                        BlockedWay.all(),
                        Misunderstanding.all(),
                        TooSlow.all(),
                        Limits.all(),
                        OtherFaults.all(),
                        Controls.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The scenario of that id. */
    public static Optional<Scenario> named(String id) {
        return all().stream().filter(scenario -> scenario.id().equals(id)).findFirst();
    }
}
