package dev.gatemend.host.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeLinesTest {
    @TempDir private Path directory;
    private Path file = Path.of("");

    @BeforeEach
    void writeTheLog() throws IOException {
        file = Files.createFile(directory.resolve("access.log"));
    }

    @Test
    void halfALineWaitsForItsRest() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 0)) {
            WholeLines lines = new WholeLines(log);
            append("one\ntw");
            assertThat(all(lines)).isEqualTo("one\n");
            append("o\n");

            assertThat(all(lines)).isEqualTo("two\n");
        }
    }

    @Test
    void ofALineWithoutAnEndOnlyTheBeginningCounts() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 0)) {
            WholeLines lines = new WholeLines(log);
            append("x".repeat(5_000_000));
            String beginning = all(lines);
            append("x".repeat(100_000) + "\nnext\n");

            assertThat(beginning).matches("x{60000,70000}\n");
            assertThat(all(lines)).isEqualTo("next\n");
        }
    }

    @Test
    void aPipesLastLineNeedsNoNewline() throws IOException {
        try (GrowingPipe pipe =
                GrowingPipe.of(
                        "-", () -> new java.io.ByteArrayInputStream("a\nb".getBytes(UTF_8)))) {
            WholeLines lines = new WholeLines(pipe);
            StringBuilder read = new StringBuilder();
            while (!lines.isOver()) {
                read.append(all(lines));
                Thread.onSpinWait();
            }

            assertThat(read).hasToString("a\nb\n");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyLineComesOnceAndWhole(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder written = new StringBuilder();
        StringBuilder read = new StringBuilder();
        try (GrowingLog log = GrowingLog.open(file, 0)) {
            WholeLines lines = new WholeLines(log);
            for (int i = 0; i < 300; i++) {
                StringBuilder piece = new StringBuilder();
                for (int k = random.nextInt(400); k > 0; k--) {
                    piece.append(
                            Character.toString('a' + random.nextInt(26))
                                    .repeat(random.nextInt(700)));
                    piece.append(random.nextInt(3) == 0 ? "" : "\n");
                }
                append(piece.toString());
                written.append(piece);
                read.append(all(lines));
            }
            append("\n");
            written.append('\n');
            read.append(all(lines));
        }

        assertThat(read.toString()).isEqualTo(written.toString());
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private static String all(WholeLines lines) throws IOException {
        StringBuilder text = new StringBuilder();
        while (lines.next()) {
            text.append(new String(lines.buffer(), lines.from(), lines.to() - lines.from(), UTF_8));
        }
        return text.toString();
    }
}
