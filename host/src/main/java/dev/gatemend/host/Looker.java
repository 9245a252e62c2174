package dev.gatemend.host;

import dev.gatemend.model.Observation;
import dev.gatemend.model.Snapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs observers stage by stage: those of one stage side by side, each stage seeing what the
 * earlier ones saw. One that fails, throws or does not return within its limit becomes an
 * observation of its own, never an error.
 */
public final class Looker {
    private final Host host;
    private final List<List<Observer>> stages;
    private final InstantSource clock;

    public Looker(Host host, List<List<Observer>> stages, InstantSource clock) {
        this.host = host;
        this.stages = stages.stream().map(List::copyOf).toList();
        this.clock = clock;
    }

    /** What was seen, and how long each observer took. */
    public record Sight(Snapshot snapshot, Map<String, Duration> took) {}

    /** Looks once. Takes no longer than the sum over the stages of the longest limit in each. */
    public Sight look(LookRequest request) throws InterruptedException {
        List<Observation> seen = new ArrayList<>();
        Map<String, Duration> took = new LinkedHashMap<>();
        for (List<Observer> stage : stages) {
            List<Turn> turns =
                    stage.stream().map(o -> Turn.start(o, lookFor(o, request, seen))).toList();
            for (Turn turn : turns) {
                seen.addAll(turn.await());
                took.merge(turn.name(), turn.took(), Duration::plus);
            }
        }
        return new Sight(
                new Snapshot(
                        clock.instant(), HostName.of(host), request.zone(), request.window(), seen),
                took);
    }

    private Look lookFor(Observer observer, LookRequest request, List<Observation> seen) {
        return new Look(observer.name(), host, request, seen, clock);
    }
}
