package dev.gatemend.host.logs;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Something that is still written. It waits for nothing: somebody asks again and again. */
public sealed interface GrowingInput extends Closeable permits GrowingLog, GrowingPipe {
    /**
     * Reads what has come since.
     *
     * @param length at least 1
     * @return how many bytes; 0 when nothing has come, -1 when nothing will come any more
     */
    int read(byte[] buffer, int offset, int length) throws IOException;

    /** Says that nobody will ask for long: what is there is handed out without patience. */
    void end();

    /** Why what has the name just now cannot be read. */
    Optional<IOException> problem();
}
