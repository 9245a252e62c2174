package dev.gatemend.host.logs;

import java.io.IOException;
import java.util.Arrays;

/**
 * The whole lines of something that grows: one that is half written waits for its rest. Of a line
 * without an end only the beginning is handed out. Belongs to one thread.
 */
public final class WholeLines {
    private static final int SMALLEST = 64 << 10;
    private static final int LARGEST = 1 << 20;

    /** Of a longer line only the beginning counts. */
    private static final int LONGEST_LINE = 64 << 10;

    private final GrowingInput input;
    private byte[] buffer = new byte[SMALLEST + 1];
    private int from;
    private int to;
    private int length;
    private boolean dropping;
    private boolean filled;
    private boolean ended;

    public WholeLines(GrowingInput input) {
        this.input = input;
    }

    /**
     * Reads once.
     *
     * @return true when something was read, if only half a line: then ask again
     */
    public boolean next() throws IOException {
        carry();
        int room = buffer.length - 1 - length;
        int read = ended ? -1 : input.read(buffer, length, room);
        filled = read == room;
        if (read < 0) {
            return end();
        }
        if (read == 0) {
            return false;
        }
        int begin = length;
        length += read;
        if (dropping) {
            drop();
            begin = 0;
        }
        int newline = lastNewline(begin);
        if (newline >= 0) {
            to = newline + 1;
        } else if (length > LONGEST_LINE) {
            cut();
        }
        return true;
    }

    /** The bytes that {@link #from} and {@link #to} point into; valid until the next reading. */
    public byte[] buffer() {
        return buffer;
    }

    public int from() {
        return from;
    }

    /** Behind the last whole line's newline; the same as {@link #from} when there is none. */
    public int to() {
        return to;
    }

    /** Nothing will come any more. */
    public boolean isOver() {
        return ended && from == to;
    }

    /** What stands behind the lines handed out is kept for the next ones. */
    private void carry() {
        System.arraycopy(buffer, to, buffer, 0, length - to);
        length -= to;
        from = 0;
        to = 0;
        if ((filled || length >= buffer.length / 2) && buffer.length < LARGEST) {
            buffer = Arrays.copyOf(buffer, 2 * (buffer.length - 1) + 1);
        }
    }

    /** A pipe that ended: its last line needs no newline. */
    private boolean end() {
        boolean rest = !ended && length > 0 && !dropping;
        ended = true;
        if (rest) {
            buffer[length++] = '\n';
            to = length;
        }
        return rest;
    }

    private int lastNewline(int begin) {
        int i = length - 1;
        while (i >= begin && buffer[i] != '\n') {
            i--;
        }
        return i < begin ? -1 : i;
    }

    private void cut() {
        buffer[LONGEST_LINE] = '\n';
        to = LONGEST_LINE + 1;
        length = to;
        dropping = true;
    }

    /** Passes over the rest of a line whose beginning was handed out. */
    private void drop() {
        int i = 0;
        while (i < length && buffer[i] != '\n') {
            i++;
        }
        dropping = i == length;
        int behind = dropping ? length : i + 1;
        System.arraycopy(buffer, behind, buffer, 0, length - behind);
        length -= behind;
    }
}
