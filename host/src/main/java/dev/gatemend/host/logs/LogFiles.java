package dev.gatemend.host.logs;

import dev.gatemend.nginx.traffic.LogInput;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Logs that somebody named, open. What cannot be read is a problem and keeps nobody from reading
 * the others.
 */
public final class LogFiles implements AutoCloseable {
    private final List<LogInput> inputs = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();
    private final ReadBytes read = new ReadBytes();

    private LogFiles() {}

    /**
     * Opens what the words name: paths, patterns, {@code -} for standard input. What is named
     * twice, by whatever names, is read once; the parts of a rotated log are put in the order of
     * time.
     *
     * @param standardInput read from where it stands; of a plain file also in place
     */
    public static LogFiles open(List<String> words, InputStream standardInput) {
        LogNames names = LogNames.of(words);
        LogFiles files = new LogFiles();
        files.problems.addAll(names.problems());
        if (names.standardInput()) {
            files.add("-", () -> files.standard(standardInput));
        }
        for (Path path : names.paths()) {
            files.add(path.toString(), () -> files.file(path));
        }
        return files;
    }

    /** In the order in which they are to be read. */
    public List<LogInput> inputs() {
        return List.copyOf(inputs);
    }

    /** What cannot be read, each as {@code path: what: what to do}. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** How much of them was read; of packed files in packed bytes. */
    public ReadBytes read() {
        return read;
    }

    /** Closes all of them but standard input. */
    @Override
    public void close() throws IOException {
        for (Closeable one : open) {
            one.close();
        }
    }

    /** Opens one file. */
    @FunctionalInterface
    private interface Opening {
        LogInput open() throws IOException;
    }

    private void add(String name, Opening opening) {
        try {
            inputs.add(opening.open());
        } catch (IOException e) {
            problems.add(Unreadable.because(name, e));
        }
    }

    private LogInput file(Path path) throws IOException {
        if (FileKind.of(path) == FileKind.PIPE) {
            return stream(path.toString(), () -> new FileInputStream(path.toFile()));
        }
        LogFile file = LogFile.open(path);
        open.add(file::close);
        return placed(path.toString(), file, () -> new FileInputStream(path.toFile()));
    }

    private LogInput standard(InputStream input) throws IOException {
        if (input instanceof FileInputStream given) {
            FileChannel channel = given.getChannel();
            try {
                return placed("-", LogFile.from(channel), () -> given);
            } catch (IOException e) {
                // It has no position: a pipe, a socket or a terminal.
                return stream("-", () -> given);
            }
        }
        return stream("-", () -> input);
    }

    /** Packed ones are read from their beginning, others in place. */
    private LogInput placed(String name, LogFile file, UnpackedStream.Source source)
            throws IOException {
        byte[] head = new byte[Packing.TELLING];
        int length = Math.max(0, file.read(0, head, 0, head.length));
        Packing packing = Packing.of(Arrays.copyOf(head, length));
        read.expect(file.size());
        if (packing == Packing.NONE) {
            return new LogInput.Placed(name, new CountedBytes(file, read));
        }
        if (!packing.readable()) {
            throw new PackedException(packing);
        }
        return unpacked(name, source);
    }

    private LogInput stream(String name, UnpackedStream.Source source) {
        read.expectAnything();
        return unpacked(name, source);
    }

    private LogInput unpacked(String name, UnpackedStream.Source source) {
        UnpackedStream stream = new UnpackedStream(name, source, read);
        if (!name.equals("-")) {
            open.add(stream);
        }
        return new LogInput.Streamed(name, stream);
    }
}
