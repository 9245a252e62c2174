package dev.gatemend.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Lines of a stream of any bytes. A line longer than {@link #LONGEST} is cut there: nginx writes
 * none, and a file without newlines must not fill the memory. Bytes that are no UTF-8 are replaced.
 */
final class Lines {
    static final int LONGEST = 16 << 10;

    private final InputStream input;
    private final byte[] line = new byte[LONGEST];
    private int length;
    private long number;

    Lines(InputStream input) {
        this.input = new BufferedInputStream(input, 1 << 16);
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        int read = input.read();
        if (read < 0) {
            return false;
        }
        while (read >= 0 && read != '\n') {
            if (length < LONGEST) {
                line[length++] = (byte) read;
            }
            read = input.read();
        }
        number++;
        return true;
    }

    /** Of the line, 1-based. */
    long number() {
        return number;
    }

    /** The line without its newline. */
    String text() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }
}
