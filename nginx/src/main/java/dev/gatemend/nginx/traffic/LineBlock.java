package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.ByteSearch;

/**
 * Some whole lines of a log. Filled again and again by a {@link BlockSource}; belongs to one thread
 * at a time.
 */
final class LineBlock {
    /** Of a longer line only the beginning is kept. */
    static final int LONGEST_LINE = 64 << 10;

    /** Small enough to stay in a core's cache while it is read and parsed. */
    static final int SIZE = 512 << 10;

    /**
     * One byte before the block says whether a line begins with it; a cut line needs its newline.
     */
    byte[] buffer;

    int from;
    int to;

    /** Number of this block within its log, from 0 without gaps. */
    int index;

    LineBlock() {
        this(new byte[SIZE + LONGEST_LINE + 2]);
    }

    /** Of lines that somebody else holds. */
    LineBlock(byte[] lines) {
        buffer = lines;
    }

    void set(int blockIndex, int blockFrom, int blockTo) {
        index = blockIndex;
        from = blockFrom;
        to = blockTo;
    }

    /** Gets one line after another. */
    @FunctionalInterface
    interface Taker {
        /**
         * @param end behind the line's last byte; its line end, LF or CRLF, is left out
         * @param line number of the line within its block, from 0
         */
        void take(byte[] buffer, int begin, int end, int line);
    }

    /** Hands on the first lines, at most so many; returns how many. */
    int lines(int most, Taker taker) {
        int begin = from;
        int line = 0;
        while (begin < to && line < most) {
            int newline = ByteSearch.find(buffer, begin, to, (byte) '\n');
            int end = newline < 0 ? to : newline;
            boolean carriageReturn = end > begin && buffer[end - 1] == '\r';
            taker.take(buffer, begin, carriageReturn ? end - 1 : end, line++);
            begin = end + 1;
        }
        return line;
    }
}
