package dev.gatemend.model;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All observations at an instant. A diagnosis is a pure function of it.
 *
 * @param at when the looking ended
 * @param host its name
 * @param zone in which the error log's times were read
 * @param window that logs were read for
 */
public record Snapshot(
        Instant at, String host, ZoneId zone, Window window, List<Observation> observations) {
    public Snapshot {
        observations = List.copyOf(observations);
    }

    /** Every fact of a kind, in the order observed. */
    public <F extends Fact> Stream<F> facts(Class<F> kind) {
        return observations.stream()
                .map(Observation::fact)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** The observation that carries this fact, for naming its source. */
    public Optional<Observation> observationOf(Fact fact) {
        return observations.stream().filter(o -> o.fact().equals(fact)).findFirst();
    }
}
