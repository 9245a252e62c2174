package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogMomentTest {
    private static final ZoneId BERLIN = ZoneId.of("+01:00");
    private static final Instant NEWEST = Instant.parse("2026-11-21T23:30:00Z");

    private static LogMoment moment(String text) {
        return LogMoment.of(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T12:00:00Z,      2026-11-21T12:00:00Z",
        "2026-11-21T12:00:00+02:00, 2026-11-21T10:00:00Z",
        "2026-11-21T12:00:00-02:00, 2026-11-21T14:00:00Z",
        "2026-11-21T12:00,          2026-11-21T11:00:00Z",
        "2026-11-21 12:00:30,       2026-11-21T11:00:30Z",
        "2026-11-21,                2026-11-20T23:00:00Z",
        "00:10,                     2026-11-21T23:10:00Z",
        "00:10:30,                  2026-11-21T23:10:30Z",
        "90s,                       2026-11-21T23:28:30Z",
        "2h,                        2026-11-21T21:30:00Z",
        "1d,                        2026-11-20T23:30:00Z"
    })
    void isReadInTheZoneOfTheLogsAndToldFromTheNewestLine(String text, Instant meant) {
        assertThat(moment(text).since(BERLIN, NEWEST)).isEqualTo(meant);
    }

    @Test
    void aTimeOfDayThatIsYetToComeWasYesterday() {
        assertThat(moment("23:50").since(BERLIN, NEWEST)).isEqualTo("2026-11-21T22:50:00Z");
    }

    @Test
    void untilIsTheFirstSuchTimeBehindSince() {
        Optional<Instant> since = Optional.of(moment("23:50").since(BERLIN, NEWEST));

        assertThat(moment("23:55").until(BERLIN, NEWEST, since)).isEqualTo("2026-11-21T22:55:00Z");
        assertThat(moment("00:05").until(BERLIN, NEWEST, since)).isEqualTo("2026-11-21T23:05:00Z");
        assertThat(moment("00:40").until(BERLIN, NEWEST, Optional.empty()))
                .isEqualTo("2026-11-21T23:40:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "12", "2w", "25:00", "2026-13-01", "2026-11-21T", "yesterday"})
    void isNothingElse(String text) {
        assertThat(LogMoment.of(text)).isEmpty();
    }
}
