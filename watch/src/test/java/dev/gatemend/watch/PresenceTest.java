package dev.gatemend.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final String FILE = "/etc/nginx/nginx.conf";
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private final Presence presence = new Presence();

    @Test
    void opensWhenAMasterIsGone() {
        presence.seen(Set.of(FILE), Set.of(), NOW);

        assertThat(presence.seen(Set.of(), Set.of(), NOW.plusSeconds(1))).isEmpty();
        assertThat(presence.seen(Set.of(), Set.of(), NOW.plusSeconds(3)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.Alarm.class,
                        alarm -> {
                            assertThat(alarm.first()).isEqualTo(NOW.plusSeconds(1));
                            assertThat(alarm.severity()).isEqualTo(Severity.CRITICAL);
                        });
        assertThat(presence.seen(Set.of(), Set.of(), NOW.plusSeconds(4))).isEmpty();
        assertThat(presence.seen(Set.of(FILE), Set.of(), NOW.plusSeconds(5)))
                .singleElement()
                .isInstanceOf(Change.AllClear.class);
    }

    @Test
    void staysSilentAtARestart() {
        presence.seen(Set.of(FILE), Set.of(), NOW);

        assertThat(presence.seen(Set.of(), Set.of(), NOW.plusSeconds(1))).isEmpty();
        assertThat(presence.seen(Set.of(FILE), Set.of(), NOW.plusSeconds(2))).isEmpty();
        assertThat(presence.seen(Set.of(FILE), Set.of(), NOW.plusSeconds(9))).isEmpty();
    }

    @Test
    void opensWhenAnExpectedOneWasNeverThere() {
        presence.seen(Set.of(), Set.of(FILE), NOW);

        assertThat(presence.seen(Set.of(), Set.of(FILE), NOW.plusSeconds(2))).hasSize(1);
    }

    @Test
    void staysSilentWhereNothingExpectsAny() {
        presence.seen(Set.of(), Set.of(), NOW);

        assertThat(presence.seen(Set.of(), Set.of(), NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void takesUpWhatWasOpenBefore() {
        Place place = new Place(Place.Kind.NGINX, FILE);
        presence.resume(place, NOW);

        assertThat(presence.seen(Set.of(), Set.of(), NOW.plusSeconds(60))).isEmpty();
        assertThat(presence.foundWell(place, NOW.plusSeconds(60))).isEmpty();
        assertThat(presence.foundWell(place, NOW.plusSeconds(301))).isPresent();
    }
}
