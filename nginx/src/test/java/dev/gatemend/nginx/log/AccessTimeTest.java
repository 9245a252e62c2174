package dev.gatemend.nginx.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTimeTest {
    @Test
    void agreesWithJavaOnEveryDayOfEightyYears() {
        DateTimeFormatter local =
                DateTimeFormatter.ofPattern("dd/MMM/yyyy:00:00:00 +0000", Locale.ENGLISH);
        for (LocalDate day = LocalDate.of(1970, 1, 1);
                day.getYear() < 2050;
                day = day.plusDays(1)) {
            long expected = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            byte[] bytes = local.format(day).getBytes(StandardCharsets.US_ASCII);
            assertThat(AccessTime.local(bytes, 0, bytes.length)).isEqualTo(expected);
            byte[] iso = (day + "T00:00:00+00:00").getBytes(StandardCharsets.US_ASCII);
            assertThat(AccessTime.iso8601(iso, 0, iso.length)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "21/Nov/2026:08:04:45",
                "21/Nox/2026:08:04:45 +0000",
                "41/Nov/2026:08:04:45 +0000",
                "21/Nov/2026:28:04:45 +0000",
                "21/Nov/2026:08:04:45 00000"
            })
    void refusesWhatIsNoTime(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(AccessTime.local(bytes, 0, bytes.length)).isEqualTo(AccessTime.NONE);
        assertThat(AccessTime.iso8601(bytes, 0, bytes.length)).isEqualTo(AccessTime.NONE);
        assertThat(AccessTime.seconds(bytes, 0, bytes.length)).isEqualTo(AccessTime.NONE);
    }
}
