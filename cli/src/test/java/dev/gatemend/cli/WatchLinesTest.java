package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.watch.WatchEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchLinesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private final WatchLines lines = new WatchLines(80);

    @Test
    void countsWhatIsWatched() {
        assertThat(lines.of(new WatchEvent.Ready(NOW, 1, 10, 20)))
                .matches("\\d\\d:\\d\\d:\\d\\d watching  1 nginx, 10 sites, 20 logs\n");
    }

    @Test
    void isNoWiderThanTheScreenAndObeysNothing() {
        String line =
                lines.of(
                        new WatchEvent.ObserverFailed(
                                NOW, "logs", "\u001b[2J\n" + "x".repeat(200)));

        assertThat(line).hasSizeLessThanOrEqualTo(81).contains("\\x1b[2J\\n");
        assertThat(line.strip()).doesNotContain("\u001b", "\n");
    }
}
