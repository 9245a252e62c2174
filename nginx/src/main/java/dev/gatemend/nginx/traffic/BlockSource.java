package dev.gatemend.nginx.traffic;

import java.io.IOException;

/** Hands a log out block by block, to several threads at once. */
interface BlockSource {
    /** Blocks a log has at most: 16 TB of them. */
    int MOST_BLOCKS = 1 << 25;

    /**
     * Fills the next block.
     *
     * @return false at the end of the log
     * @throws IOException when it cannot be read on; blocks handed out before stay counted
     */
    boolean next(LineBlock block) throws IOException;

    /** Hands out no more blocks, so that whoever reads comes to an end. */
    void end();

    /** Bytes handed out or passed over so far. */
    long bytesRead();
}
