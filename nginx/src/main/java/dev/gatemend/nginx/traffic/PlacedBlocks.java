package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.ByteSearch;
import dev.gatemend.nginx.log.LogBytes;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blocks of a log that can be read at any place: each thread reads its own. A line belongs to the
 * block that it begins in.
 */
final class PlacedBlocks implements BlockSource {
    /** What is read behind a block in the hope that its last line ends there. */
    private static final int REST = 4 << 10;

    private final LogBytes bytes;
    private final long start;
    private final long end;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong read = new AtomicLong();

    /**
     * @param start where a line begins
     * @param end lines that begin at it or behind it are left out
     */
    PlacedBlocks(LogBytes bytes, long start, long end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    @Override
    public boolean next(LineBlock block) throws IOException {
        int index = next.getAndIncrement();
        long position = start + (long) index * LineBlock.SIZE;
        if (position >= end || index >= MOST_BLOCKS) {
            return false;
        }
        int lead = index == 0 ? 0 : 1;
        int own = (int) Math.min(LineBlock.SIZE, end - position);
        int length = fill(block.buffer, position - lead, 0, lead + own + REST);
        read.addAndGet(Math.max(0, Math.min(length - lead, own)));
        // a log that lost its end while it was read simply ends earlier
        int boundary = Math.min(length, lead + own);
        int from = lead == 0 ? 0 : afterNewline(block.buffer, 0, boundary);
        if (from < 0 || from >= boundary) {
            block.set(index, 0, 0);
            return true;
        }
        block.set(index, from, lastLineEnd(block.buffer, position - lead, boundary, length));
        return true;
    }

    @Override
    public void end() {
        next.set(MOST_BLOCKS);
    }

    @Override
    public long bytesRead() {
        return read.get();
    }

    /** Where the line ends that holds the block's last byte. */
    private int lastLineEnd(byte[] buffer, long origin, int boundary, int length)
            throws IOException {
        int found = afterNewline(buffer, boundary - 1, length);
        if (found >= 0) {
            return found;
        }
        int most = Math.min(buffer.length - 1, boundary + LineBlock.LONGEST_LINE);
        int filled = length + fill(buffer, origin + length, length, most - length);
        found = afterNewline(buffer, Math.max(boundary - 1, 0), filled);
        return found >= 0 ? found : filled;
    }

    /** Reads until the length is reached or the log ends. */
    private int fill(byte[] buffer, long position, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = bytes.read(position + done, buffer, offset + done, length - done);
            if (count < 1) {
                break;
            }
            done += count;
        }
        return done;
    }

    private static int afterNewline(byte[] buffer, int from, int to) {
        int newline = ByteSearch.find(buffer, from, to, (byte) '\n');
        return newline < 0 ? -1 : newline + 1;
    }
}
