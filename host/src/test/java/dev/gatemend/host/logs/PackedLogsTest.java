package dev.gatemend.host.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatemend.nginx.traffic.LogInput;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackedLogsTest {
    private static final String TEXT = text();

    @TempDir private Path directory;

    /** What packs for a test. */
    enum Packer {
        GZIP {
            @Override
            OutputStream on(OutputStream out) throws IOException {
                return new GZIPOutputStream(out);
            }
        },
        ZSTD {
            @Override
            OutputStream on(OutputStream out) throws IOException {
                return new ZstdOutputStream(out);
            }
        };

        abstract OutputStream on(OutputStream out) throws IOException;

        byte[] packed(String text) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = on(bytes)) {
                out.write(text.getBytes(UTF_8));
            }
            return bytes.toByteArray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void unpacksWhateverTheNameSays(Packer packer) throws IOException {
        byte[] packed = packer.packed(TEXT);

        try (LogFiles files = open(packed)) {
            assertThat(files.inputs()).hasOnlyElementsOfType(LogInput.Streamed.class);
            assertThat(LogFilesTest.text(files.inputs().getFirst())).isEqualTo(TEXT);
            assertThat(files.read().consumed()).isEqualTo(packed.length);
            assertThat(files.read().total()).hasValue(packed.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAllMembers(Packer packer) throws IOException {
        byte[] packed = joined(packer.packed(TEXT), packer.packed("last\n"));

        try (LogFiles files = open(packed)) {
            assertThat(LogFilesTest.text(files.inputs().getFirst())).isEqualTo(TEXT + "last\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAllMembersFromASlowPipe(Packer packer) throws IOException {
        byte[] packed = joined(packer.packed("first\n"), packer.packed("last\n"));

        LogFiles files = LogFiles.open(List.of("-"), new Slow(packed));

        assertThat(LogFilesTest.text(files.inputs().getFirst())).isEqualTo("first\nlast\n");
    }

    @ParameterizedTest
    @EnumSource
    void deliversWhatStandsBeforeACut(Packer packer) throws IOException {
        byte[] packed = packer.packed(TEXT);

        try (LogFiles files = open(Arrays.copyOf(packed, packed.length * 2 / 3))) {
            LogInput.Streamed input = (LogInput.Streamed) files.inputs().getFirst();
            ByteArrayOutputStream read = new ByteArrayOutputStream();

            assertThatThrownBy(() -> input.stream().transferTo(read))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "is cut off in the middle of its %s data: what could be unpacked is counted",
                            packer.name().toLowerCase(java.util.Locale.ROOT));
            assertThat(TEXT).startsWith(read.toString(UTF_8));
            assertThat(read.size()).isGreaterThan(TEXT.length() / 4);
            assertThat(input.stream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverFailsButWithAWord(Packer packer) throws IOException {
        byte[] packed = packer.packed(TEXT.substring(0, 20_000));
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = packed.clone();
            damaged[Packing.TELLING + random.nextInt(damaged.length - Packing.TELLING)] =
                    (byte) random.nextInt();
            try (LogFiles files = open(damaged)) {
                LogInput.Streamed input = (LogInput.Streamed) files.inputs().getFirst();
                long read = input.stream().transferTo(OutputStream.nullOutputStream());
                assertThat(read).isNotNegative();
            } catch (IOException e) {
                assertThat(e).message().matches("(?s)(is cut off|its (gzip|zstd) data cannot).*");
            }
        }
    }

    @Test
    void skipsFramesThatAreToBeSkipped() throws IOException {
        byte[] skipped = LogFilesTest.hex("5f2a4d18" + "03000000" + "010203");

        try (LogFiles files = open(joined(joined(skipped, Packer.ZSTD.packed("one\n")), skipped))) {
            assertThat(LogFilesTest.text(files.inputs().getFirst())).isEqualTo("one\n");
        }
    }

    /** A window of 1 GB, as RFC 8878 writes it: 2^(10 + 20). */
    @Test
    void refusesAWindowThatWouldTakeAllMemory() throws IOException {
        byte[] frame = LogFilesTest.hex("28b52ffd00a0" + "09000061");

        try (LogFiles files = open(frame)) {
            LogInput input = files.inputs().getFirst();

            assertThatThrownBy(() -> LogFilesTest.text(input))
                    .hasMessageContaining("its zstd data cannot be unpacked here")
                    .hasMessageContaining("try zstd -dc --long=31 " + input.name());
        }
    }

    @Test
    void saysWhatToDoAboutXzOnAPipe() {
        LogFiles files =
                LogFiles.open(
                        List.of("-"),
                        new ByteArrayInputStream(LogFilesTest.hex("fd377a585a000004")));

        assertThatThrownBy(() -> LogFilesTest.text(files.inputs().getFirst()))
                .hasMessage("packed with xz: unpack it: xz -dc | gatemend logs -");
    }

    @Test
    void takesPlainTextForThatWhateverItsNameSays() throws IOException {
        try (LogFiles files = open("plain\n".getBytes(UTF_8))) {
            assertThat(files.inputs()).hasOnlyElementsOfType(LogInput.Placed.class);
        }
    }

    private LogFiles open(byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("access.log.2.gz"), bytes);
        return LogFiles.open(List.of(file.toString()), InputStream.nullInputStream());
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    /** Packs badly, so that there is a middle to cut. */
    private static String text() {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 20_000; line++) {
            text.append(Long.toHexString(random.nextLong())).append(" GET /\n");
        }
        return text.toString();
    }

    /** A pipe: one byte at a time, and never ready. */
    private static final class Slow extends FilterInputStream {
        Slow(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return super.read(buffer, offset, Math.min(length, 1));
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
