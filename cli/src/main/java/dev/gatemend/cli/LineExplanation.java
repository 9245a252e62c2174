package dev.gatemend.cli;

import dev.gatemend.host.given.GivenFile;
import dev.gatemend.host.given.GivenReader;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.Printable;
import dev.gatemend.model.Snapshot;
import dev.gatemend.nginx.log.ErrorLogGrammar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code gatemend explain 'LINE'}: what nginx says in a line, then what may be behind it. */
final class LineExplanation {
    /** One line has no window: whatever its age, it is what was asked about. */
    private static final Duration ANY_AGE = Duration.ofDays(36_500);

    private LineExplanation() {}

    /** Ids have no blanks; lines of logs have. */
    static boolean isLine(String text) {
        return text.strip().indexOf(' ') > 0;
    }

    static String of(String line, Screen screen) {
        Snapshot given =
                GivenReader.read(
                        List.of(new GivenFile("line", line)),
                        new GivenReader.Question(Optional.empty(), ANY_AGE, Instant.now()));
        UnaryOperator<String> redaction = Discretion.REDACTED::of;
        Report report = Examination.of(Discretion.REDACTED.of(given)).report();
        Page words = new Page(screen.columns());
        ErrorLogGrammar.parse(line).ifPresent(entry -> write(entry, words, redaction));
        return words
                + Rendering.text(report, screen.columns(), new Ink(screen.colour()), redaction);
    }

    private static void write(ErrorEntry entry, Page page, UnaryOperator<String> redaction) {
        row(page, "message", entry.id(), redaction);
        row(page, "level", entry.level(), redaction);
        if (entry.errno().isPresent()) {
            row(
                    page,
                    "errno",
                    Optional.of(String.format(Locale.ROOT, "%d", entry.errno().getAsInt())),
                    redaction);
        }
        row(page, "while", entry.phase(), redaction);
        row(page, "upstream", entry.upstream(), redaction);
        row(page, "client", entry.client(), redaction);
        row(page, "server", entry.server(), redaction);
        row(page, "request", entry.request(), redaction);
        page.blank();
    }

    private static void row(
            Page page, String name, Optional<String> value, UnaryOperator<String> redaction) {
        value.map(redaction)
                .map(Printable::oneLine)
                .ifPresent(text -> page.wrapped("  " + name, 12, text, line -> line));
    }
}
