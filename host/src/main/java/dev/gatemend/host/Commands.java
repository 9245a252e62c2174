package dev.gatemend.host;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Asks programs of the host. Argument vectors only: nothing external ever reaches a shell. */
public interface Commands {
    /**
     * Runs a program that only reads, and waits for it.
     *
     * @param limit after which it is killed
     * @throws IOException when it is not installed or does not end within the limit; the message is
     *     for the operator
     */
    Answer run(Duration limit, List<String> arguments) throws IOException, InterruptedException;

    /**
     * What a program said.
     *
     * @param output at most 8 MiB of standard output
     * @param cut output was longer
     */
    record Answer(int exitStatus, String output, String error, boolean cut) {
        public boolean succeeded() {
            return exitStatus == 0;
        }
    }
}
