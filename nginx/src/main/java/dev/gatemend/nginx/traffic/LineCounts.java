package dev.gatemend.nginx.traffic;

import java.util.Arrays;

/** How many lines each block of a log has, so that a place becomes a line number. Thread-safe. */
final class LineCounts {
    private int[] byBlock = new int[64];

    synchronized void put(int block, int lines) {
        if (block >= byBlock.length) {
            byBlock = Arrays.copyOf(byBlock, Math.max(block + 1, byBlock.length * 2));
        }
        byBlock[block] = lines;
    }

    /** Number of a line, from 1, by its block and its place within it, from 0. */
    synchronized long number(int block, int line) {
        long before = 0;
        for (int i = 0; i < block && i < byBlock.length; i++) {
            before += byBlock[i];
        }
        return before + line + 1;
    }
}
