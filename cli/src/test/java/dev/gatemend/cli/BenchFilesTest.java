package dev.gatemend.cli;

import static dev.gatemend.cli.SampleBench.FAULT;
import static dev.gatemend.cli.SampleBench.says;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchFilesTest {
    @TempDir private Path directory = Path.of("");

    @Test
    void areAPageAndThePlotThatItShows() throws IOException {
        BenchReport report = SampleBench.report(List.of(says(FAULT, "wrong-port", 0.9)), List.of());
        Path page = directory.resolve("bench.md");
        Path plot = directory.resolve("bench.svg");

        new BenchFiles(page, plot, false).write(report, Instant.EPOCH);

        assertThat(Files.readString(page)).contains("](bench.svg)");
        assertThat(Files.readString(plot)).startsWith("<svg");
    }

    @Test
    void areRefusedBeforeAnythingIsPlayedWhenTheyAreThereAlready() throws IOException {
        Files.writeString(directory.resolve("bench.svg"), "mine");

        Played played = Played.of("lab", "bench", "-o", directory.resolve("bench.md").toString());

        assertThat(played.status()).isEqualTo(2);
        assertThat(played.err()).contains("bench.svg: is there already; --force replaces it");
        assertThat(directory.resolve("bench.svg")).hasContent("mine");
    }

    @Test
    void areNotCalledAlike() {
        Played played = Played.of("lab", "bench", "-o", directory.resolve("b.svg").toString());

        assertThat(played.status()).isEqualTo(2);
        assertThat(played.err()).contains("b.svg: the page is in Markdown");
    }
}
