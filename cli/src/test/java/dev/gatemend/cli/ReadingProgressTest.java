package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.host.logs.LogFiles;
import dev.gatemend.host.logs.ReadBytes;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(written, false, StandardCharsets.UTF_8);
    private final ReadBytes read =
            LogFiles.open(List.of("-"), InputStream.nullInputStream()).read();

    @Test
    void takesItsLineAwayWhenItEnds() {
        ReadingProgress progress = new ReadingProgress(read, err);
        progress.tick(Duration.ofSeconds(2));
        progress.close();
        progress.close();

        assertThat(text()).isEqualTo("\r\u001b[Kread 0.0 kB, 0.0 kB/s\r\u001b[K");
    }

    @Test
    void writesNothingBehindItsEnd() {
        ReadingProgress progress = new ReadingProgress(read, err);
        progress.close();
        progress.tick(Duration.ofSeconds(2));

        assertThat(text()).isEmpty();
    }

    @Test
    void staysSilentWhereNobodyWatches() {
        ReadingProgress.of(read, new Screen(err, err, false, false, 80)).close();

        assertThat(text()).isEmpty();
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
