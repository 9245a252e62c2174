package dev.gatemend.host.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RotatedNameTest {
    @ParameterizedTest
    @CsvSource({
        "error.log.1, error.log, 1, ''",
        "error.log.12.gz, error.log, 12, ''",
        "error.log-20260301, error.log, , 20260301",
        "error.log-20260301-1772323201.gz, error.log, , 202603011772323201",
        "error.log-2026-03-01_12.zst, error.log, , 2026030112",
        "error-20260301.log, error.log, , 20260301",
        "error-2026-03-01.log.xz, error.log, , 20260301",
        "error-1.log, error.log, 1, ''",
        "access.1, access, 1, ''"
    })
    void knowsTheNamesOfOlderParts(String name, String log, Integer number, String date) {
        RotatedName rotated = RotatedName.of(name).orElseThrow();

        assertThat(rotated.log()).isEqualTo(log);
        assertThat(rotated.number().orElse(null)).isEqualTo(number);
        assertThat(rotated.date()).isEqualTo(date);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error.log", "error.log.gz", "error.log.old", ".1", "", "20260301"})
    void takesOtherNamesForLogsThemselves(String name) {
        assertThat(RotatedName.of(name)).isEmpty();
    }

    @Test
    void readsNoNameThatIsTooLong() {
        assertThat(RotatedName.of("a-".repeat(5_000) + ".1")).isEmpty();
    }
}
