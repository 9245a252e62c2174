package dev.gatemend.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The incidents that are open, and those that may come back: turns what was detected into what is
 * told. Knows no clock; not thread-safe.
 */
public final class Incidents {
    /** What comes back within this is the same matter. */
    private static final Duration COMES_BACK = Duration.ofMinutes(15);

    private final Map<Place, Incident> byPlace = new HashMap<>();
    private final IncidentIds ids;

    /**
     * What changed, to be remembered as one and then told.
     *
     * @param lines of logs that belong to it
     */
    public record Step(Incident incident, List<WatchEvent> events, List<String> lines) {
        public Step {
            events = List.copyOf(events);
            lines = List.copyOf(lines);
        }
    }

    /**
     * @param kept from before a restart: those that are open and those that may come back
     * @param lastId given last; the empty text for none
     */
    public Incidents(List<Incident> kept, String lastId) {
        kept.stream()
                .sorted(Comparator.comparing(incident -> incident.story().id()))
                .forEach(incident -> byPlace.put(incident.story().place(), incident));
        this.ids = new IncidentIds(lastId);
    }

    /** Those that go on. */
    public List<Incident.Open> open() {
        return byPlace.values().stream()
                .filter(Incident.Open.class::isInstance)
                .map(Incident.Open.class::cast)
                .sorted(Comparator.comparing(open -> open.story().id()))
                .toList();
    }

    /** One that goes on. */
    public Optional<Incident.Open> open(String id) {
        return open().stream().filter(open -> open.story().id().equals(id)).findFirst();
    }

    /** Takes what was detected. Empty when nothing is to be told of it. */
    public Optional<Step> take(Change change, Instant now) {
        forget(now);
        return switch (change) {
            case Change.Alarm alarm -> Optional.of(take(alarm, now));
            case Change.AllClear clear -> take(clear, now);
        };
    }

    /** Takes what a diagnosis came to. Empty when it is what it came to before. */
    public Optional<Step> take(String id, Verdict verdict, Instant now) {
        return open(id).filter(
                        open ->
                                open.story()
                                        .verdict()
                                        .filter(v -> !verdict.differsFrom(v))
                                        .isEmpty())
                .map(
                        open -> {
                            Incident.Open judged = keep(open.diagnosed(verdict, now));
                            return step(
                                    judged,
                                    List.of(
                                            new WatchEvent.Diagnosed(
                                                    now, judged.story(), verdict)));
                        });
    }

    private Step take(Change.Alarm alarm, Instant now) {
        Incident known = byPlace.get(alarm.place());
        return switch (known) {
            case null -> opened(alarm, now);
            case Incident.Open open ->
                    new Step(keep(open.worsened(alarm, now)), List.of(), alarm.lines());
            case Incident.Resolved resolved -> reopened(resolved, alarm, now);
        };
    }

    private Step opened(Change.Alarm alarm, Instant now) {
        Incident.Open open = keep(Incident.open(ids.next(now), alarm, now));
        Story story = open.story();
        return new Step(
                open,
                List.of(
                        new WatchEvent.Signal(alarm.first(), story, firstWords(alarm)),
                        new WatchEvent.Opened(now, story, alarm.why())),
                alarm.lines());
    }

    private static String firstWords(Change.Alarm alarm) {
        return switch (alarm.trouble()) {
            case FAILING -> "a request failed at " + alarm.place();
            case HIDDEN -> "an attempt failed at " + alarm.place();
            case NOT_RUNNING -> alarm.why();
        };
    }

    private Step reopened(Incident.Resolved resolved, Change.Alarm alarm, Instant now) {
        Incident.Open open = keep(resolved.reopened(alarm, now));
        return new Step(
                open,
                List.of(new WatchEvent.Reopened(now, open.story(), alarm.why())),
                alarm.lines());
    }

    private Optional<Step> take(Change.AllClear clear, Instant now) {
        if (!(byPlace.get(clear.place()) instanceof Incident.Open open)) {
            return Optional.empty();
        }
        Incident.Resolved resolved = open.resolved(clear.why(), now);
        byPlace.put(clear.place(), resolved);
        return Optional.of(
                step(
                        resolved,
                        List.of(new WatchEvent.Resolved(now, resolved.story(), clear.why()))));
    }

    private Incident.Open keep(Incident.Open open) {
        byPlace.put(open.story().place(), open);
        return open;
    }

    private static Step step(Incident incident, List<WatchEvent> events) {
        return new Step(incident, events, List.of());
    }

    private void forget(Instant now) {
        List<Place> over = new ArrayList<>();
        byPlace.forEach(
                (place, incident) -> {
                    if (incident instanceof Incident.Resolved resolved
                            && resolved.at().plus(COMES_BACK).isBefore(now)) {
                        over.add(place);
                    }
                });
        over.forEach(byPlace::remove);
    }
}
