package dev.gatemend.nginx.traffic;

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
    byte[] buffer = new byte[SIZE + LONGEST_LINE + 2];

    int from;
    int to;

    /** Number of this block within its log, from 0 without gaps. */
    int index;

    void set(int blockIndex, int blockFrom, int blockTo) {
        index = blockIndex;
        from = blockFrom;
        to = blockTo;
    }
}
