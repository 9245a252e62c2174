package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
    private final ProgressLine line = new ProgressLine();

    @Test
    void staysSilentForASecond() {
        assertThat(line.at(Duration.ofMillis(999), 1, OptionalLong.of(2))).isEmpty();
        assertThat(line.end()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1000 | 500000000 | 2000000000 | 25% of 2.0 GB, 500 MB/s, 3 s left",
                "2000 | 1999999999 | 2000000000 | 99% of 2.0 GB, 1000 MB/s, 1 s left",
                "10000 | 100000000 | 2000000000 | 5% of 2.0 GB, 10 MB/s, 3 min 10 s left",
                "10000 | 1000000 | 2000000000 | 0% of 2.0 GB, 100 kB/s, 5 h 33 min left",
                "2000 | 0 | 2000000000 | 0% of 2.0 GB, 0.0 kB/s",
                "2000 | 30 | 20 | 100% of 0.0 kB, 0.0 kB/s, 0 s left",
                "4000 | 12345678 | -1 | 'read 12 MB, 3.1 MB/s'",
                "4000 | 12345678 | 0 | 'read 12 MB, 3.1 MB/s'",
                "1000 | 9223372036854775807 | 9223372036854775807 |"
                        + " 100% of 9223372 TB, 9223372 TB/s, 0 s left"
            })
    void tellsShareRateAndTime(long millis, long consumed, long total, String text) {
        OptionalLong known = total < 0 ? OptionalLong.empty() : OptionalLong.of(total);

        assertThat(line.at(Duration.ofMillis(millis), consumed, known))
                .isEqualTo("\r\u001b[K" + text)
                .hasSizeLessThan(70);
        assertThat(line.end()).isEqualTo("\r\u001b[K");
    }
}
