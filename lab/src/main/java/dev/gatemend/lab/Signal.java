package dev.gatemend.lab;

import java.io.IOException;

/**
 * A signal by name. Sent by the shell's own {@code kill}, because a small machine has no other; the
 * script is fixed and the rest are arguments.
 */
enum Signal {
    CONT,
    HUP,
    STOP,
    USR1;

    void to(long pid) throws IOException, InterruptedException {
        Command.run("sh", "-c", "kill -s \"$0\" \"$1\"", name(), Long.toString(pid));
    }
}
