package dev.gatemend.nginx.traffic;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Blocks of a log that is read once from its beginning. One thread reads at a time; parsing goes on
 * meanwhile.
 */
final class StreamedBlocks implements BlockSource {
    private final InputStream stream;
    private final byte[] carried = new byte[LineBlock.SIZE];
    private Optional<IOException> failure = Optional.empty();
    private int kept;
    private int index;
    private long read;
    private boolean dropping;
    private boolean ended;

    StreamedBlocks(InputStream stream) {
        this.stream = stream;
    }

    @Override
    public synchronized boolean next(LineBlock block) throws IOException {
        if (ended || index >= MOST_BLOCKS) {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return false;
        }
        byte[] buffer = block.buffer;
        System.arraycopy(carried, 0, buffer, 0, kept);
        int length = kept + fill(buffer, kept);
        int from = dropping ? afterDropped(buffer, length) : 0;
        int end = ended ? length : lastNewline(buffer, from, length) + 1;
        if (end <= from) {
            end = withoutNewline(from, length);
        } else {
            carry(buffer, end, length);
        }
        block.set(index++, from, end);
        return true;
    }

    @Override
    public synchronized void end() {
        ended = true;
    }

    @Override
    public synchronized long bytesRead() {
        return read;
    }

    private int fill(byte[] buffer, int offset) throws IOException {
        int at = offset;
        try {
            while (at < LineBlock.SIZE && !ended) {
                int count = stream.read(buffer, at, LineBlock.SIZE - at);
                ended = count < 0;
                at += Math.max(0, count);
            }
        } catch (IOException e) {
            // what came before the failure is handed out first
            failure = Optional.of(e);
            ended = true;
        }
        read += at - offset;
        return at - offset;
    }

    /** A line that fills the whole block: its beginning is handed out, its rest passed over. */
    private int withoutNewline(int from, int length) {
        kept = 0;
        if (dropping && from >= length) {
            return length;
        }
        dropping = !ended;
        return Math.min(length, from + LineBlock.LONGEST_LINE);
    }

    private int afterDropped(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                dropping = false;
                return i + 1;
            }
        }
        return length;
    }

    private void carry(byte[] buffer, int end, int length) {
        kept = length - end;
        System.arraycopy(buffer, end, carried, 0, kept);
    }

    private static int lastNewline(byte[] buffer, int from, int length) {
        int i = length - 1;
        while (i >= from && buffer[i] != '\n') {
            i--;
        }
        return i < from ? -1 : i;
    }
}
