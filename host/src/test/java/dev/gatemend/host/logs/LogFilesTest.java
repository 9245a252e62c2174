package dev.gatemend.host.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.nginx.traffic.LogInput;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
    @TempDir private Path directory;

    @Test
    void readsAPlainFileInPlace() throws IOException {
        String file = file("access.log", "one\ntwo\n");

        try (LogFiles files = open(file)) {
            LogInput.Placed placed = (LogInput.Placed) files.inputs().getFirst();

            assertThat(files.problems()).isEmpty();
            assertThat(placed.name()).isEqualTo(file);
            assertThat(placed.bytes().size()).isEqualTo(8);
            byte[] buffer = new byte[20];
            assertThat(placed.bytes().read(4, buffer, 2, 18)).isEqualTo(4);
            assertThat(new String(buffer, 2, 4, UTF_8)).isEqualTo("two\n");
            assertThat(placed.bytes().read(8, buffer, 0, 20)).isEqualTo(-1);
            assertThat(files.read().consumed()).isEqualTo(4);
            assertThat(files.read().total()).hasValue(8);
        }
    }

    @Test
    void readsABlockThatIsLongerThanOneCallBrings() throws IOException {
        byte[] bytes = new byte[3 << 20];
        new java.util.Random(1).nextBytes(bytes);
        Path file = Files.write(directory.resolve("access.log"), bytes);

        try (LogFiles files = open(file.toString())) {
            LogInput.Placed placed = (LogInput.Placed) files.inputs().getFirst();
            byte[] buffer = new byte[4 << 20];

            assertThat(placed.bytes().read(0, buffer, 0, buffer.length)).isEqualTo(3 << 20);
            assertThat(Arrays.mismatch(buffer, 0, 3 << 20, bytes, 0, 3 << 20)).isNegative();
        }
    }

    @Test
    void endsWhereAFileWasCutMeanwhile() throws IOException {
        String file = file("access.log", "one\ntwo\n");

        try (LogFiles files = open(file)) {
            LogInput.Placed placed = (LogInput.Placed) files.inputs().getFirst();
            Files.writeString(Path.of(file), "one\n");

            assertThat(placed.bytes().read(0, new byte[8], 0, 8)).isEqualTo(4);
            assertThat(placed.bytes().read(4, new byte[8], 0, 8)).isEqualTo(-1);
        }
    }

    @Test
    void goesOnReadingWhatWasDeleted() throws IOException {
        String file = file("access.log", "one\n");

        try (LogFiles files = open(file)) {
            Files.delete(Path.of(file));

            assertThat(text(files.inputs().getFirst())).isEqualTo("one\n");
        }
    }

    @Test
    void putsNumberedPartsInTheOrderOfTime() throws IOException {
        file("a.log", "4");
        file("a.log.1", "3");
        file("a.log.2.gz", "2");
        file("a.log.10.gz", "1");

        assertThat(names(open(directory + "/a.log*")))
                .containsExactly("a.log.10.gz", "a.log.2.gz", "a.log.1", "a.log");
    }

    @Test
    void putsDatedPartsInTheOrderOfTime() throws IOException {
        file("b.log", "");
        file("b.log-20260302", "");
        file("b.log-20251231.gz", "");
        file("a-20260301.log", "");
        file("a.log", "");

        assertThat(names(open(directory + "/b.log*", directory + "/a*")))
                .containsExactly(
                        "b.log-20251231.gz", "b.log-20260302", "b.log", "a-20260301.log", "a.log");
    }

    @Test
    void goesByTimesWhereNamesAreOfTwoKinds() throws IOException {
        written(file("a.log", ""), 400);
        written(file("a.log-20260302", ""), 100);
        written(file("a.log.1", ""), 300);
        written(file("a.log.2", ""), 200);

        assertThat(names(open(directory + "/a.log*")))
                .containsExactly("a.log-20260302", "a.log.2", "a.log.1", "a.log");
    }

    @Test
    void keepsTheOrderOfUnrelatedLogs() throws IOException {
        String second = file("z.log", "");
        String first = file("a.log", "");

        assertThat(names(open(second, first))).containsExactly("z.log", "a.log");
    }

    @Test
    void readsOnceWhatIsNamedTwice() throws IOException {
        String file = file("a.log", "");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of(file));
        Path other = Files.createLink(directory.resolve("hard"), Path.of(file));

        assertThat(names(open(file, directory + "/./a.log", link.toString(), other.toString())))
                .containsExactly("a.log");
    }

    @Test
    void expandsPatternsInDirectoriesToo() throws IOException {
        Files.createDirectories(directory.resolve("one/deep"));
        Files.createDirectories(directory.resolve("two"));
        file("one/a.log", "");
        file("two/a.log", "");
        file("two/.hidden.log", "");
        file("two/b.txt", "");

        assertThat(names(open(directory + "/*/*.log"))).containsExactly("a.log", "a.log");
        assertThat(names(open(directory + "/two/*"))).containsExactly("a.log", "b.txt");
    }

    @Test
    void readsAFileWhoseNameIsAPattern() throws IOException {
        file("a.log", "");
        String file = file("[a].log", "");

        assertThat(names(open(file))).containsExactly("[a].log");
    }

    @Test
    void saysAllThatIsWrongAtOnceAndReadsTheRest() throws IOException {
        String good = file("a.log", "");
        Path socket = directory.resolve("socket");
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("none"));
        Path packed = Files.write(directory.resolve("a.xz"), hex("fd377a585a000004"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            LogFiles files =
                    open(
                            directory.toString(),
                            socket.toString(),
                            "/dev/zero",
                            dangling.toString(),
                            directory + "/none.log",
                            directory + "/*.none",
                            directory + "/[.none",
                            good + "/b",
                            packed.toString(),
                            "a\0b",
                            good);

            assertThat(names(files)).containsExactly("a.log");
            assertThat(files.problems().stream().map(p -> p.replace(directory + "", "DIR")))
                    .containsExactly(
                            "DIR: is a directory: name the logs in it: DIR/*.log",
                            "DIR/socket: is a socket: name the file that is written by what"
                                    + " listens there",
                            "/dev/zero: is a device: name a file, or - for standard input",
                            "DIR/dangling: is a link to nothing: see where it leads: readlink -m"
                                    + " DIR/dangling",
                            "DIR/none.log: no such file: see what is there: ls -l DIR",
                            "DIR/*.none: no file has such a name: see what is there with ls -l",
                            "DIR/[.none: no such file, and no pattern: Missing ']",
                            "DIR/a.log/b: no such file: see what is there: ls -l DIR/a.log",
                            "a\0b: Nul character not allowed: name a file",
                            "DIR/a.xz: is packed with xz: unpack it: xz -dc DIR/a.xz | gatemend"
                                    + " logs -");
        }
    }

    @Test
    void readsAPlainFileOnStandardInputInPlaceFromWhereItStands() throws IOException {
        String file = file("a.log", "one\ntwo\n");
        try (FileInputStream input = new FileInputStream(file)) {
            input.skipNBytes(4);

            LogFiles files = LogFiles.open(List.of("-", "/dev/stdin"), input);

            assertThat(files.inputs()).hasOnlyElementsOfType(LogInput.Placed.class).hasSize(1);
            assertThat(text(files.inputs().getFirst())).isEqualTo("two\n");
        }
    }

    @Test
    void readsStandardInputAsAStreamAndDoesNotCloseIt() throws IOException {
        boolean[] closed = new boolean[1];
        InputStream input =
                new ByteArrayInputStream("one\n".getBytes(UTF_8)) {
                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                };

        try (LogFiles files = LogFiles.open(List.of("-"), input)) {
            assertThat(files.read().total()).isEmpty();
            LogInput.Streamed streamed = (LogInput.Streamed) files.inputs().getFirst();
            assertThat(streamed.stream().read()).isEqualTo('o');
        }
        assertThat(closed[0]).isFalse();
    }

    @Test
    void readsAPipeThatHasAName() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        try (LogFiles files = open(pipe.toString())) {
            Thread writer = Thread.ofVirtual().start(() -> write(pipe, "one\n"));

            assertThat(text(files.inputs().getFirst())).isEqualTo("one\n");
            writer.join();
        }
    }

    private static void write(Path pipe, String text) {
        try {
            Files.writeString(pipe, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static byte[] hex(String digits) {
        return java.util.HexFormat.of().parseHex(digits);
    }

    static String text(LogInput input) throws IOException {
        return switch (input) {
            case LogInput.Streamed streamed -> new String(streamed.stream().readAllBytes(), UTF_8);
            case LogInput.Placed placed -> {
                byte[] bytes = new byte[(int) placed.bytes().size()];
                int length = placed.bytes().read(0, bytes, 0, bytes.length);
                yield new String(bytes, 0, length, UTF_8);
            }
        };
    }

    private LogFiles open(String... words) {
        return LogFiles.open(List.of(words), InputStream.nullInputStream());
    }

    private static List<String> names(LogFiles files) {
        return files.inputs().stream()
                .map(input -> String.valueOf(Path.of(input.name()).getFileName()))
                .toList();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private static void written(String file, long second) throws IOException {
        Files.setLastModifiedTime(Path.of(file), FileTime.from(Instant.ofEpochSecond(second)));
    }
}
