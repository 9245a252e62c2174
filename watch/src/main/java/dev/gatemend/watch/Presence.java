package dev.gatemend.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides when an nginx that should run does not: absence is an event, and no log tells it. Knows
 * no clock; not thread-safe.
 */
public final class Presence {
    /** A restart leaves a gap of less. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** One that nothing expects any more is no trouble after this. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    private static final int MOST = 300;

    private final Map<String, Absence> absences = new LinkedHashMap<>();

    /** Of one nginx; {@link Instant#MAX} while it is there. */
    private record Absence(Instant since, boolean open) {}

    private static final Absence THERE = new Absence(Instant.MAX, false);

    /** Takes up a trouble that was open when the program ended. */
    public void resume(Place place, Instant first) {
        absences.put(place.name(), new Absence(first, true));
    }

    /**
     * What runs now.
     *
     * @param running paths of the configurations that masters serve
     * @param expected those that something says should be served
     */
    public List<Change> seen(Set<String> running, Set<String> expected, Instant now) {
        List<Change> changes = new ArrayList<>();
        expected.forEach(name -> know(name, new Absence(now, false)));
        running.forEach(name -> know(name, THERE));
        for (Map.Entry<String, Absence> entry : absences.entrySet()) {
            entry.setValue(
                    running.contains(entry.getKey())
                            ? there(entry.getKey(), entry.getValue(), changes)
                            : gone(entry.getKey(), entry.getValue(), now, changes));
        }
        return changes;
    }

    /** A look found nothing wrong with it: it is not meant to run any more. */
    public Optional<Change> foundWell(Place place, Instant now) {
        Absence absence = absences.getOrDefault(place.name(), THERE);
        if (!absence.open() || absence.since().plus(FORGOTTEN).isAfter(now)) {
            return Optional.empty();
        }
        absences.remove(place.name());
        return Optional.of(new Change.AllClear(place, "nothing says any more that it should run"));
    }

    private void know(String name, Absence absence) {
        if (absences.size() < MOST) {
            absences.putIfAbsent(name, absence);
        }
    }

    private static Absence there(String name, Absence before, List<Change> changes) {
        if (before.open()) {
            changes.add(new Change.AllClear(place(name), "a master serves it again"));
        }
        return THERE;
    }

    private static Absence gone(String name, Absence before, Instant now, List<Change> changes) {
        Instant since = before.since().equals(Instant.MAX) ? now : before.since();
        if (before.open() || since.plus(PATIENCE).isAfter(now)) {
            return new Absence(since, before.open());
        }
        changes.add(
                new Change.Alarm(
                        place(name),
                        Trouble.NOT_RUNNING,
                        Severity.CRITICAL,
                        since,
                        "no nginx runs that serves " + name,
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
        return new Absence(since, true);
    }

    private static Place place(String configuration) {
        return new Place(Place.Kind.NGINX, configuration);
    }
}
