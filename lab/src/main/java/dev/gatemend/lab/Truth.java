package dev.gatemend.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is really wrong in a scenario, known to whoever broke it.
 *
 * @param peer that does not do its work; empty when the matter is not about one
 * @param innocent peers and sites that a diagnosis must not name as failing
 */
public record Truth(Optional<String> peer, List<String> innocent) {
    /** Nothing known beyond the scenario's cause. */
    public static final Truth NOTHING = new Truth(Optional.empty(), List.of("docs.example"));

    public Truth {
        innocent = List.copyOf(innocent);
    }

    Truth withPeer(String guilty) {
        return new Truth(Optional.of(guilty), innocent);
    }

    Truth withInnocent(String word) {
        List<String> more = new ArrayList<>(innocent);
        more.add(word);
        return new Truth(peer, more);
    }
}
