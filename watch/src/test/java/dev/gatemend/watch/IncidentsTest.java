package dev.gatemend.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncidentsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final Change CLEAR = new Change.AllClear(Played.SHOP, "well again");

    private final Incidents incidents = new Incidents(List.of(), "");

    @Test
    void tellsTheSignalAndThenTheIncident() {
        Incidents.Step step = incidents.take(alarm(), NOW).orElseThrow();

        assertThat(step.events())
                .extracting(WatchEvent::word)
                .containsExactly("signal", "incident.opened");
        assertThat(step.events().getFirst().at()).isEqualTo(NOW.minusSeconds(1));
        assertThat(step.incident().story().id()).isEqualTo("I-20261122090000000");
        assertThat(incidents.open()).hasSize(1);
    }

    @Test
    void tellsAVerdictOnceAndAgainWhenItChanges() {
        String id = opened();

        assertThat(incidents.take(id, verdict("app-not-running", 0.9), NOW)).isPresent();
        assertThat(incidents.take(id, verdict("app-not-running", 0.95), NOW)).isEmpty();
        assertThat(incidents.take(id, verdict("out-of-memory", 0.95), NOW)).isPresent();
    }

    @Test
    void reopensWhatComesBackSoonAndCountsIt() {
        String id = opened();
        incidents.take(CLEAR, NOW.plusSeconds(60));

        Incidents.Step step = incidents.take(alarm(), NOW.plusSeconds(120)).orElseThrow();

        assertThat(step.events()).extracting(WatchEvent::word).containsExactly("incident.reopened");
        assertThat(step.incident().story().id()).isEqualTo(id);
        assertThat(step.incident().story().reopened()).isEqualTo(1);
        assertThat(step.incident().story().timeline())
                .extracting(Story.Entry::what)
                .containsExactly("opened", "resolved", "reopened");
    }

    @Test
    void opensAnotherWhenItComesBackMuchLater() {
        String id = opened();
        incidents.take(CLEAR, NOW.plusSeconds(60));

        Incidents.Step step = incidents.take(alarm(), NOW.plusSeconds(3_600)).orElseThrow();

        assertThat(step.incident().story().id()).isGreaterThan(id);
        assertThat(step.events()).hasSize(2);
    }

    @Test
    void resolvesNothingThatIsNotOpen() {
        assertThat(incidents.take(CLEAR, NOW)).isEmpty();
        opened();
        assertThat(incidents.take(CLEAR, NOW)).isPresent();
        assertThat(incidents.take(CLEAR, NOW)).isEmpty();
        assertThat(incidents.open()).isEmpty();
    }

    @Test
    void judgesNothingThatIsOver() {
        String id = opened();
        incidents.take(CLEAR, NOW);

        assertThat(incidents.take(id, verdict("app-not-running", 0.9), NOW)).isEmpty();
    }

    @Test
    void takesUpWhatWasOpenBeforeARestart() {
        Incident.Open before = Incident.open("I-20261122090000000", alarm(), NOW);
        Incidents after = new Incidents(List.of(before), "I-20261122090000000");

        assertThat(after.open()).containsExactly(before);
        assertThat(after.take(CLEAR, NOW.plusSeconds(1)).orElseThrow().incident().story().id())
                .isEqualTo("I-20261122090000000");
    }

    @Test
    void givesGreaterIdsAlsoWhenTheClockStepsBack() {
        IncidentIds ids = new IncidentIds("I-20261122100000000");

        assertThat(ids.next(NOW)).isEqualTo("I-20261122100000001");
        assertThat(ids.next(NOW)).isEqualTo("I-20261122100000002");
    }

    @Test
    void keepsTheBeginningAndTheEndOfALongStory() {
        opened();
        Incident last = incidents.open().getFirst();
        for (int i = 0; i < 500; i++) {
            incidents.take(CLEAR, NOW.plusSeconds(i));
            last = incidents.take(alarm(), NOW.plusSeconds(i)).orElseThrow().incident();
        }

        assertThat(last.story().reopened()).isEqualTo(500);
        assertThat(last.story().timeline()).hasSize(Story.LONGEST);
        assertThat(last.story().timeline().getFirst().what()).isEqualTo("opened");
    }

    private String opened() {
        return incidents.take(alarm(), NOW).orElseThrow().incident().story().id();
    }

    static Change.Alarm alarm() {
        return new Change.Alarm(
                Played.SHOP,
                Trouble.FAILING,
                Severity.HIGH,
                NOW.minusSeconds(1),
                "2 requests in a row failed (502)",
                Optional.of("shop.example"),
                Optional.of("127.0.0.1:8000"),
                List.of("a line"));
    }

    static Verdict verdict(String cause, double probability) {
        return new Verdict(
                Optional.of(cause),
                probability,
                "title of " + cause,
                Optional.of("shop.example"),
                Optional.of("127.0.0.1:8000"),
                false);
    }
}
