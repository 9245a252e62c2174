package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A scenario cannot be played on this machine, though what it needs is installed: Docker or systemd
 * does not come up here. That says nothing about the diagnosis, nor about the scenario.
 */
public final class CannotPlay extends IOException {
    private static final long serialVersionUID = 1L;

    /** In a run's directory: a script in between can only say that a word of its failed. */
    private static final String NOTE = ".cannot-play";

    /**
     * Says why.
     *
     * @param why in one line
     */
    CannotPlay(String why) {
        super(why);
    }

    /** Says why, and notes it for {@link #on(Bench)}. */
    static CannotPlay on(Bench bench, String why) throws IOException {
        Files.writeString(bench.path(NOTE), why);
        return new CannotPlay(why);
    }

    /** What was noted on this bench, or comes out when one asks why something failed there. */
    static Optional<CannotPlay> on(Bench bench) throws IOException, InterruptedException {
        Path note = bench.path(NOTE);
        return Files.exists(note)
                ? Optional.of(new CannotPlay(Files.readString(note)))
                : Docker.obstacle(bench).map(CannotPlay::new);
    }
}
