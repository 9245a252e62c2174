package dev.gatemend.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The end of a log that the application behind a peer writes itself. Its words are the
 * application's, and through it those of whoever asks it: hints, never facts about the host.
 *
 * @param path of the file, as its writer names it
 * @param writer whose it is, in words: {@code gunicorn (PID 812)}, {@code container shop}
 * @param peers the addresses, as nginx's configuration writes them, that the writer serves or was
 *     started to serve; empty for a log that was handed over, of which nobody knows whom it serves
 * @param pids of the processes that hold it open, ascending; empty when none is known to
 * @param changed when it was last written to
 * @param lines of the window, oldest first; the last few of all where none was written within it
 * @param cut whether lines of the window before these were left out
 */
public record ApplicationLog(
        String path,
        String writer,
        List<Address> peers,
        List<Integer> pids,
        Instant changed,
        List<Line> lines,
        boolean cut)
        implements Fact {
    public ApplicationLog {
        peers = List.copyOf(peers);
        pids = List.copyOf(pids);
        lines = List.copyOf(lines);
    }

    /**
     * A line of it.
     *
     * @param at as the line itself says; empty for one without a time, as of a stack trace
     * @param text as written, cut at 1,024 characters
     */
    public record Line(Optional<Instant> at, String text) {}
}
