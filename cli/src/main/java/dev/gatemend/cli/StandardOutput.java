package dev.gatemend.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The process's standard output, which remembers why it failed: a {@code PrintStream} only knows
 * that it did.
 */
final class StandardOutput extends OutputStream {
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private Optional<String> failure = Optional.empty();

    /**
     * Why not everything was written; empty also when the reader simply went away ({@code | head}),
     * which is nobody's failure.
     */
    Optional<String> failure() {
        return failure.filter(why -> !why.contains("Broken pipe"));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
            throw e;
        }
    }
}
