package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogZoneTest {
    private static final Instant WRITTEN = Instant.parse("2026-03-01T12:00:00.4Z");

    @Test
    void findsTheZoneOfLinesThatAreHoursOffTheFilesTime() {
        assertThat(zone("2026-03-01T07:00:00Z")).contains(ZoneOffset.ofHours(-5));
        assertThat(zone("2026-03-01T17:45:00Z")).contains(ZoneOffset.ofHoursMinutes(5, 45));
    }

    @Test
    void staysWithTheAssumedZoneWhereLinesAndFileAreOfOneAge() {
        assertThat(zone("2026-03-01T12:00:00Z")).isEmpty();
        assertThat(zone("2026-03-01T11:59:58Z")).isEmpty();
    }

    @Test
    void staysWithTheAssumedZoneWhereTheDifferenceIsNoZones() {
        assertThat(zone("2026-03-01T11:22:10Z")).isEmpty();
        assertThat(zone("2026-02-20T12:00:00Z")).isEmpty();
    }

    @Test
    void knowsNothingWithoutALine() {
        assertThat(LogZone.of(ZoneOffset.UTC, Optional.empty(), Optional.of(WRITTEN))).isEmpty();
    }

    private static Optional<ZoneId> zone(String last) {
        return LogZone.of(ZoneOffset.UTC, Optional.of(Instant.parse(last)), Optional.of(WRITTEN));
    }
}
