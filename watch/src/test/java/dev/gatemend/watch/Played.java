package dev.gatemend.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Requests to one place, played at a time of the test's own. */
final class Played {
    static final Place SHOP = new Place(Place.Kind.PEER, "127.0.0.1:8000");

    final Detection detection = new Detection(Thresholds.USUAL);
    final List<Change> changes = new ArrayList<>();
    Instant now = Instant.parse("2026-11-22T09:00:00Z");

    Played fails() {
        return fails("203.0.113.1", "/cart");
    }

    Played fails(String client, String path) {
        return take(client, path, false, true);
    }

    Played failsHidden() {
        return take("203.0.113.1", "/cart", true, true);
    }

    /** Told by a log that does not name peers. */
    Played failsNamelessly(String path) {
        return take("203.0.113.1", path, false, false);
    }

    private Played take(String client, String path, boolean hidden, boolean logged) {
        detection.failed(
                new Failure(
                        SHOP,
                        hidden,
                        OptionalInt.of(hidden ? 200 : 502),
                        Optional.of("shop.example"),
                        Optional.of("127.0.0.1:8000"),
                        Optional.of(client),
                        path,
                        "access.log",
                        logged,
                        "line"),
                now);
        return look();
    }

    Played answers() {
        return answers("203.0.113.2", "/");
    }

    Played answers(String client, String path) {
        detection.answered(Optional.of(SHOP), Optional.of(client), path, "access.log", now);
        return look();
    }

    Played answersNamelessly(String path) {
        detection.answered(Optional.empty(), Optional.of("203.0.113.2"), path, "access.log", now);
        return look();
    }

    Played after(int millis) {
        now = now.plus(Duration.ofMillis(millis));
        return look();
    }

    private Played look() {
        changes.addAll(detection.changes(now));
        return this;
    }

    List<Change.Alarm> alarms() {
        return changes.stream()
                .filter(Change.Alarm.class::isInstance)
                .map(Change.Alarm.class::cast)
                .toList();
    }

    List<String> clears() {
        return changes.stream()
                .filter(Change.AllClear.class::isInstance)
                .map(change -> ((Change.AllClear) change).why())
                .toList();
    }
}
