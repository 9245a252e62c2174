package dev.gatemend.nginx.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times and sizes as ngx_parse_time and ngx_parse_size read them. */
class ConfigurationValuesTest {
    @ParameterizedTest
    @CsvSource({
        "60, 60000",
        "1m30s, 90000",
        "1m 30s, 90000",
        "500ms, 500",
        "1s500ms, 1500",
        "1d2h, 93600000",
        "1M, 2592000000",
        "1y, 31536000000",
        "0, 0",
        "1h 5, 3605000"
    })
    void readsATime(String text, long milliseconds) {
        assertThat(ConfigurationValues.duration(text).orElseThrow().toMillis())
                .isEqualTo(milliseconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1x",
                "30s1m",
                "1s1s",
                "5 5",
                "-1",
                "99999999999999999999",
                "s",
                "1mss"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(ConfigurationValues.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8k, 8192", "8K, 8192", "1m, 1048576", "2g, 2147483648", "17, 17"})
    void readsASize(String text, long bytes) {
        assertThat(ConfigurationValues.size(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "8kb", "1.5m", "-1", "9999999999g"})
    void refusesWhatIsNoSize(String text) {
        assertThat(ConfigurationValues.size(text)).isEmpty();
    }
}
