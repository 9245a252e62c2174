package dev.gatemend.cli;

import dev.gatemend.host.given.GivenFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Texts of {@code --from}. */
final class GivenFiles {
    /** More than twenty thousand lines is no paste; of a longer log the end tells most. */
    private static final int MOST_BYTES = 4 << 20;

    /** Of a stream so much is read in search of its end: a device has none. */
    private static final long MOST_READ = 256L << 20;

    private GivenFiles() {}

    /**
     * Reads them all, then complains of all that cannot be read.
     *
     * @param names files, or {@code -} for standard input
     * @throws UsageException when one cannot be read
     */
    static List<GivenFile> read(List<String> names) {
        List<GivenFile> files = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (String name : names) {
            try (InputStream in = open(name)) {
                End end = end(unpacked(in));
                boolean whole = end.whole() && !isLong(name);
                files.add(new GivenFile(shown(name), end.text(), whole));
            } catch (UsageException e) {
                wrong.add(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                wrong.add(name + ": cannot be read: " + NewFile.why(e));
            }
        }
        if (!wrong.isEmpty()) {
            throw new UsageException(String.join("; ", wrong));
        }
        return files;
    }

    private static String shown(String name) {
        return name.equals(BundleFile.STANDARD)
                ? "stdin"
                : String.valueOf(Path.of(name).getFileName());
    }

    /** Of a long file only the end: plain bytes are skipped, packed ones cannot be. */
    private static InputStream open(String name) throws IOException {
        if (name.equals(BundleFile.STANDARD)) {
            return System.in;
        }
        Path file = LookOptions.readable(name);
        InputStream in = Files.newInputStream(file);
        if (Files.isRegularFile(file) && !isPacked(file)) {
            in.skipNBytes(Math.max(0, Files.size(file) - MOST_BYTES));
        }
        return in;
    }

    private static boolean isPacked(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return isPacked(in.readNBytes(2));
        }
    }

    /** RFC 1952: what gzip wrote begins so. */
    private static boolean isPacked(byte[] first) {
        return first.length == 2 && first[0] == 0x1f && first[1] == (byte) 0x8b;
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        byte[] first = in.readNBytes(2);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(first), in);
        return isPacked(first) ? new GZIPInputStream(whole, 1 << 16) : whole;
    }

    /** The end of a stream, and whether that is all of it. */
    private record End(String text, boolean whole) {}

    private static End end(InputStream in) throws IOException {
        byte[] held = in.readNBytes(MOST_BYTES);
        long read = held.length;
        boolean more = held.length == MOST_BYTES;
        while (more && read < MOST_READ) {
            byte[] next = in.readNBytes(MOST_BYTES / 2);
            System.arraycopy(held, next.length, held, 0, held.length - next.length);
            System.arraycopy(next, 0, held, held.length - next.length, next.length);
            read += next.length;
            more = next.length > 0;
        }
        return new End(new String(held, StandardCharsets.UTF_8), read <= MOST_BYTES);
    }

    private static boolean isLong(String name) throws IOException {
        if (name.equals(BundleFile.STANDARD)) {
            return false;
        }
        Path file = Path.of(name);
        return Files.isRegularFile(file) && !isPacked(file) && Files.size(file) > MOST_BYTES;
    }
}
