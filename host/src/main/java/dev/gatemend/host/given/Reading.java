package dev.gatemend.host.given;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.GivenText.Kind;
import dev.gatemend.nginx.config.ConfigurationExcerpt;
import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.ErrorLogReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A text with what each of its lines was taken for. Used by one thread. */
final class Reading {
    /** A line as evidence quotes it; nginx's own end at 2,048 bytes. */
    private static final int LONGEST_KEPT = 2_048;

    /**
     * Characters kept of each end: some hundred lines. More than a hundred phrases are looked for.
     */
    private static final int MOST_KEPT = 32_768;

    private final String name;
    private final List<String> lines;
    private final Kind[] kinds;
    private final List<Logged> errors = new ArrayList<>();
    private final List<Listings.Shown> shown;
    private final ConfigurationExcerpt configuration;

    Reading(GivenFile file) {
        name = file.name();
        lines = file.lines();
        kinds = new Kind[lines.size()];
        Arrays.fill(kinds, Kind.PROSE);
        takeAccesses();
        takeErrors();
        shown = Listings.in(left(), name, (from, end) -> take(from, end, Kind.OUTPUT));
        configuration = ConfigurationExcerpt.in(left());
        configuration.lines().forEach(number -> kinds[number - 1] = Kind.CONFIGURATION);
        takeMentions();
        takeLogs();
    }

    String name() {
        return name;
    }

    Stream<String> lines() {
        return lines.stream();
    }

    /** The excerpts of a configuration, made whole. */
    ConfigurationExcerpt configuration() {
        return configuration;
    }

    /** The lines of a kind in their places, with blanks for all others. */
    List<String> only(Kind kind) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> kinds[i] == kind ? lines.get(i) : "")
                .toList();
    }

    /** An entry of nginx's error log and the number of its line. */
    record Logged(int number, ErrorEntry entry) {}

    /** What is of nginx's error log, also where it is only quoted in a sentence. */
    List<Logged> errors() {
        return List.copyOf(errors);
    }

    /** What the tables in it show. */
    List<Listings.Shown> shown() {
        return shown;
    }

    byte[] accessLog() {
        return (String.join("\n", only(Kind.ACCESS_LOG)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Says that the lines, counted from 0, are of a kind. */
    void take(int from, int end, Kind kind) {
        Arrays.fill(kinds, from, end, kind);
    }

    /**
     * The text for the snapshot: of a long one its beginning and its end, since people write before
     * and behind what they paste. Its middle was read as a log.
     */
    GivenText text(boolean zoned) {
        SortedMap<Integer, GivenText.Line> kept = new TreeMap<>();
        keep(IntStream.range(0, lines.size()), kept);
        keep(IntStream.iterate(lines.size() - 1, i -> i >= 0, i -> i - 1), kept);
        return new GivenText(name, zoned, List.copyOf(kept.values()));
    }

    private void keep(IntStream numbers, SortedMap<Integer, GivenText.Line> kept) {
        int left = MOST_KEPT;
        for (int i : (Iterable<Integer>) numbers::iterator) {
            String line = lines.get(i);
            if (left <= 0) {
                return;
            }
            if (!line.isBlank() && isText(line)) {
                String cut = line.substring(0, Math.min(line.length(), LONGEST_KEPT));
                kept.put(i, new GivenText.Line(i + 1, kinds[i], cut));
                left -= cut.length();
            }
        }
    }

    /** Bytes of something else are no words: one in ten characters that no text has is too many. */
    private static boolean isText(String line) {
        long odd = line.chars().filter(c -> c == 0xFFFD || (c < ' ' && c != '\t')).count();
        return odd * 10 < line.length();
    }

    /** The lines that were taken for nothing yet, with blanks for the others. */
    List<String> left() {
        return only(Kind.PROSE);
    }

    /** An entry ends with its paragraph: what follows a blank line is something else. */
    private void takeErrors() {
        ErrorLogReader reader = new ErrorLogReader(new Entries());
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank() || kinds[i] != Kind.PROSE) {
                reader.end();
            } else {
                // Whoever pastes into a forum indents what is code.
                reader.line(i, lines.get(i).stripLeading());
            }
        }
        reader.end();
    }

    private final class Entries implements ErrorLogReader.Sink {
        @Override
        public void entry(long position, ErrorEntry entry, String text) {
            int from = (int) position;
            boolean bare = entry.level().isEmpty() && entry.client().isEmpty();
            // Other programs have messages of nginx's wording ("child 7 exited on signal 11").
            if (bare && LogShape.fits(lines.get(from))) {
                return;
            }
            take(from, Math.min(lines.size(), from + 1 + entry.continuation()), Kind.ERROR_LOG);
            errors.add(new Logged(from + 1, entry));
        }

        /** Something else's. */
        @Override
        public void unparsed(long position, String line) {}
    }

    private void takeAccesses() {
        AccessLogFormat any = AccessLines.ANY;
        AccessLine parsed = new AccessLine();
        for (int i = 0; i < lines.size(); i++) {
            if (kinds[i] == Kind.PROSE) {
                byte[] line = lines.get(i).getBytes(StandardCharsets.UTF_8);
                if (any.parse(line, 0, line.length, parsed) && parsed.status().isPresent()) {
                    kinds[i] = Kind.ACCESS_LOG;
                }
            }
        }
    }

    /** Messages of nginx that a sentence quotes. */
    private void takeMentions() {
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            if (kinds[i] == Kind.PROSE) {
                Mention.in(lines.get(i)).ifPresent(e -> errors.add(new Logged(number, e)));
            }
        }
    }

    private void takeLogs() {
        for (int i = 0; i < lines.size(); i++) {
            if (kinds[i] == Kind.PROSE && LogShape.fits(lines.get(i))) {
                kinds[i] = Kind.LOG;
            }
        }
    }
}
