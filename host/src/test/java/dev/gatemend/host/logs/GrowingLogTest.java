package dev.gatemend.host.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingLogTest {
    @TempDir private Path directory;
    private Path file = Path.of("");

    @BeforeEach
    void writeTheLog() throws IOException {
        file = Files.writeString(directory.resolve("access.log"), "old\n");
    }

    @Test
    void givesWhatIsAppendedBehindThePosition() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            assertThat(once(log)).isEmpty();
            append(file, "one\n");
            assertThat(once(log)).isEqualTo("one\n");
            assertThat(once(log)).isEmpty();
        }
    }

    @Test
    void givesHalfALineAndThenItsRest() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            append(file, "on");
            assertThat(once(log)).isEqualTo("on");
            append(file, "e\n");
            assertThat(once(log)).isEqualTo("e\n");
        }
    }

    @Test
    void finishesARenamedLogBeforeItsSuccessor() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            Path renamed = Files.move(file, directory.resolve("access.log.1"));
            append(file, "new\n");
            append(renamed, "late\n");
            assertThat(once(log)).isEqualTo("late\n");
            append(renamed, "later\n");
            assertThat(once(log)).isEqualTo("later\n");

            assertThat(all(log)).isEqualTo("new\n");
        }
    }

    @Test
    void staysWithARenamedLogWhileItsSuccessorIsEmpty() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            Path renamed = Files.move(file, directory.resolve("access.log.1"));
            assertThat(all(log)).isEmpty();
            append(file, "");
            assertThat(all(log)).isEmpty();
            append(renamed, "late\n");
            append(file, "new\n");

            assertThat(all(log)).isEqualTo("late\nnew\n");
        }
    }

    @Test
    void endsALineThatTheOldLogBrokeOff() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            append(file, "torn");
            Files.move(file, directory.resolve("access.log.1"));
            append(file, "new\n");

            assertThat(all(log)).isEqualTo("torn\nnew\n");
        }
    }

    @Test
    void readsAllLogsOfSeveralRotations() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            Files.move(file, directory.resolve("access.log.3"));
            append(file, "one\n");
            assertThat(once(log)).isEmpty();
            Files.move(file, directory.resolve("access.log.2"));
            append(file, "two\n");
            assertThat(once(log)).isEmpty();
            Files.delete(directory.resolve("access.log.2"));

            assertThat(all(log)).isEqualTo("one\ntwo\n");
        }
    }

    @Test
    void beginsAnewWhereALogWasCutInPlace() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            append(file, "long line\n");
            assertThat(once(log)).isEqualTo("long line\n");
            cut();
            append(file, "new\n");

            assertThat(all(log)).isEqualTo("new\n");
        }
    }

    @Test
    void seesACutAlsoWhenTheLogIsLongerAgain() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            cut();
            append(file, "new and longer than it was\n");

            assertThat(all(log)).isEqualTo("new and longer than it was\n");
        }
    }

    @Test
    void staysSilentAboutALogThatIsGone() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            Files.delete(file);
            assertThat(all(log)).isEmpty();
            append(file, "again\n");

            assertThat(all(log)).isEqualTo("again\n");
        }
    }

    @Test
    void endsALineThatWasCutInPlace() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            append(file, "torn");
            assertThat(once(log)).isEqualTo("torn");
            cut();
            append(file, "new\n");

            assertThat(all(log)).isEqualTo("\nnew\n");
        }
    }

    @Test
    void waitsForAFileThatIsNotThereYet() throws IOException {
        Path later = directory.resolve("later.log");
        try (GrowingLog log = GrowingLog.awaited(later)) {
            assertThat(log.file()).isEmpty();
            assertThat(once(log)).isEmpty();
            append(later, "one\n");

            assertThat(once(log)).isEqualTo("one\n");
            assertThat(log.problem()).isEmpty();
        }
    }

    @Test
    void readsADeletedLogWhereItIsWrittenOn() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4);
                FileChannel writer = FileChannel.open(file, StandardOpenOption.APPEND)) {
            Files.delete(file);
            writer.write(java.nio.ByteBuffer.wrap("late\n".getBytes(UTF_8)));
            assertThat(once(log)).isEqualTo("late\n");
            append(file, "again\n");

            assertThat(all(log)).isEqualTo("again\n");
        }
    }

    @Test
    void saysWhatHasTheNameInsteadAndReadsOn() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            Path renamed = Files.move(file, directory.resolve("access.log.1"));
            Files.createDirectory(file);
            append(renamed, "late\n");
            assertThat(once(log)).isEqualTo("late\n");
            assertThat(log.problem()).map(Throwable::getMessage).contains("is no regular file");
            Files.delete(file);
            append(file, "new\n");

            assertThat(all(log)).isEqualTo("new\n");
            assertThat(log.problem()).isEmpty();
        }
    }

    @Test
    void handsOutTheSuccessorAtOnceWhenItIsToEnd() throws IOException {
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            Files.move(file, directory.resolve("access.log.1"));
            append(file, "new\n");
            log.end();

            assertThat(once(log)).isEqualTo("new\n");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void losesNothingAndReadsNothingTwice(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder written = new StringBuilder();
        StringBuilder read = new StringBuilder();
        try (GrowingLog log = GrowingLog.open(file, 4)) {
            for (int line = 0; line < 3_000; line++) {
                String text = line + "\n";
                append(file, text);
                written.append(text);
                switch (random.nextInt(40)) {
                    case 0 -> Files.move(file, directory.resolve("access.log." + line));
                    case 1 -> {
                        read.append(all(log));
                        cut();
                    }
                    case 2, 3, 4, 5, 6, 7 -> read.append(once(log));
                    default -> {}
                }
                if (!Files.exists(file)) {
                    append(file, "");
                    read.append(once(log));
                }
            }
            read.append(all(log));
        }

        assertThat(read.toString().lines())
                .containsExactlyElementsOf(written.toString().lines().toList());
    }

    private void cut() throws IOException {
        FileChannel.open(file, StandardOpenOption.WRITE).truncate(0).close();
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String once(GrowingLog log) throws IOException {
        byte[] buffer = new byte[1_000];
        return new String(buffer, 0, log.read(buffer, 0, buffer.length), UTF_8);
    }

    /** Until nothing more comes for as long as a rotation is waited for. */
    private static String all(GrowingLog log) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[1_000];
        int quiet = 0;
        while (quiet < 2 * GrowingLog.QUIET_ENOUGH) {
            int read = log.read(buffer, 0, buffer.length);
            bytes.write(buffer, 0, read);
            quiet = read == 0 ? quiet + 1 : 0;
        }
        return bytes.toString(UTF_8);
    }
}
