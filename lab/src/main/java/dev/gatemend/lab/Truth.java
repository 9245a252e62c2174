package dev.gatemend.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is really wrong in a scenario, known to whoever broke it.
 *
 * @param peer that does not do its work; empty when the matter is not about one
 * @param innocent peers and sites that a diagnosis must not name as failing
 * @param others what else is broken, at other sites
 */
public record Truth(Optional<String> peer, List<String> innocent, List<Fault> others) {
    /** Nothing known beyond the scenario's cause. */
    public static final Truth NOTHING =
            new Truth(Optional.empty(), List.of("docs.example"), List.of());

    public Truth {
        innocent = List.copyOf(innocent);
        others = List.copyOf(others);
    }

    Truth withPeer(String guilty) {
        return new Truth(Optional.of(guilty), innocent, others);
    }

    Truth withInnocent(String word) {
        List<String> more = new ArrayList<>(innocent);
        more.add(word);
        return new Truth(peer, more, others);
    }

    Truth withOther(Fault fault) {
        List<Fault> more = new ArrayList<>(others);
        more.add(fault);
        return new Truth(peer, innocent, more);
    }
}
