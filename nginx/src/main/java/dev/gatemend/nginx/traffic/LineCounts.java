package dev.gatemend.nginx.traffic;

import java.util.Arrays;

/** How many lines each block of a log has, so that a place becomes a line number. Thread-safe. */
final class LineCounts {
    /** Of a log that is followed: its lines have no numbers, for it is rotated meanwhile. */
    private static final long GROWING = -1;

    private final long start;
    private int[] byBlock = new int[64];

    /**
     * @param start where the first block begins; lines before it were not read
     */
    LineCounts(long start) {
        this.start = start;
    }

    static LineCounts ofGrowing() {
        return new LineCounts(GROWING);
    }

    synchronized void put(int block, int lines) {
        if (start == GROWING) {
            return;
        }
        if (block >= byBlock.length) {
            byBlock = Arrays.copyOf(byBlock, Math.max(block + 1, byBlock.length * 2));
        }
        byBlock[block] = lines;
    }

    /** Names a line by its block and its place within it, from 0. */
    synchronized String where(String log, int block, int line) {
        if (start == GROWING) {
            return log;
        }
        long before = 0;
        for (int i = 0; i < block && i < byBlock.length; i++) {
            before += byBlock[i];
        }
        long number = before + line + 1;
        return start == 0
                ? log + ":" + number
                : log + " (line " + number + " behind byte " + start + ")";
    }
}
