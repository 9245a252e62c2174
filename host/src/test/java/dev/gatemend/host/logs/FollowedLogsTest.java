package dev.gatemend.host.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedLogsTest {
    @TempDir private Path directory;

    @Test
    void followsWhatIsThereAndWhatWillBe() throws IOException {
        Path there = Files.writeString(directory.resolve("access.log"), "old\nhalf");
        Path later = directory.resolve("error.log");

        try (FollowedLogs logs = open(there, later)) {
            assertThat(logs.problems()).isEmpty();
            assertThat(logs.awaited()).containsExactly(later.toString());
            assertThat(logs.logs()).extracting(FollowedLog::name).hasSize(2);
            FollowedLog.LastLines last = logs.logs().getFirst().lastLines();
            assertThat(new String(last.lines(), UTF_8)).isEqualTo("old\n");
            assertThat(last.behind()).isEqualTo(4);
            assertThat(logs.logs().getLast().lastLines().behind()).isZero();
        }
    }

    @Test
    void theLastLinesOfALongLogAreWhole() throws IOException {
        Path file = directory.resolve("access.log");
        Files.writeString(file, "0123456789\n".repeat(100_000));

        try (FollowedLogs logs = open(file)) {
            FollowedLog.LastLines last = logs.logs().getFirst().lastLines();
            assertThat(new String(last.lines(), UTF_8)).matches("(?:0123456789\n){5000,6000}");
            assertThat(last.behind()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void followsOneFileOnceWhateverItsNames() throws IOException {
        Path file = Files.writeString(directory.resolve("access.log"), "old\n");
        Path link = Files.createSymbolicLink(directory.resolve("link.log"), file);

        try (FollowedLogs logs = open(file, link, file)) {
            assertThat(logs.logs()).hasSize(1);
        }
    }

    @Test
    void saysWhatCannotGrow() throws IOException {
        Path packed = directory.resolve("access.log.2.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write('x');
        }
        Path older = Files.writeString(directory.resolve("access.log.1"), "old\n");
        Path newer = Files.writeString(directory.resolve("access.log"), "old\n");

        try (FollowedLogs logs = open(packed, directory, older, newer)) {
            assertThat(logs.problems())
                    .satisfiesExactly(
                            one -> assertThat(one).contains("gz: is an older part of"),
                            one ->
                                    assertThat(one)
                                            .contains(": is a directory: name the logs in it"),
                            one -> assertThat(one).contains("log.1: is an older part of"));
        }
        try (FollowedLogs logs = open(packed)) {
            assertThat(logs.problems().getFirst())
                    .contains("is packed with gzip and does not grow: leave it out");
        }
    }

    @Test
    void anOlderPartAloneIsAFileLikeOthers() throws IOException {
        Path older = Files.writeString(directory.resolve("access.log.1"), "old\n");

        try (FollowedLogs logs = open(older)) {
            assertThat(logs.problems()).isEmpty();
        }
    }

    @Test
    void standardInputIsFollowedWhereItIsAPipe() throws IOException {
        Path file = Files.writeString(directory.resolve("access.log"), "old\n");
        try (InputStream input = new FileInputStream(file.toFile());
                FollowedLogs logs = FollowedLogs.open(List.of("-"), input)) {
            assertThat(logs.problems())
                    .containsExactly("-: is a file, not a pipe: name it instead");
        }
        try (FollowedLogs logs = FollowedLogs.open(List.of("-"), InputStream.nullInputStream())) {
            assertThat(logs.logs()).extracting(FollowedLog::name).containsExactly("-");
        }
    }

    private static FollowedLogs open(Path... paths) {
        return FollowedLogs.open(
                java.util.Arrays.stream(paths).map(Path::toString).toList(),
                InputStream.nullInputStream());
    }
}
