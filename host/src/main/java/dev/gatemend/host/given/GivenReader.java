package dev.gatemend.host.given;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.Fact;
import dev.gatemend.model.Observation;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Source;
import dev.gatemend.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Texts in, a snapshot out. */
public final class GivenReader {
    private GivenReader() {}

    /**
     * How texts are to be read.
     *
     * @param zone of times that carry none; empty when nobody knows it
     * @param since how far before the newest line they are of interest
     * @param now for text without any time
     */
    public record Question(Optional<ZoneId> zone, Duration since, Instant now) {}

    /**
     * Reads texts of any kind and mixture. Never fails: what cannot be placed is prose.
     *
     * @param files at most some megabytes together
     */
    public static Snapshot read(List<GivenFile> files, Question question) {
        List<Reading> readings = files.stream().map(Reading::new).toList();
        // What one text says of the zone or the formats holds for the others as well.
        Configured configured = Configured.by(readings);
        Optional<ZoneId> zone = question.zone().or(() -> AccessLines.zone(readings));
        ZoneId assumed = zone.orElse(ZoneOffset.UTC);
        Instant newest = newest(readings, configured, assumed).orElse(question.now());
        Window window = Window.endingAt(newest, question.since());
        List<Observation> seen = new ArrayList<>();
        configured.facts().forEach(fact -> seen.add(observed(fact, "configuration", newest)));
        for (Reading reading : readings) {
            List<Fact> facts = new ArrayList<>();
            facts.addAll(ErrorLines.read(reading, configured, window, assumed));
            facts.addAll(AccessLines.read(reading, configured, window));
            facts.addAll(OtherLines.read(reading, assumed, newest));
            facts.addAll(OtherLines.denials(reading));
            facts.add(reading.text(zone.isPresent()));
            facts.forEach(fact -> seen.add(observed(fact, "text", newest)));
            reading.shown().forEach(shown -> seen.add(observed(reading, shown, newest)));
        }
        files.stream()
                .filter(file -> !file.whole())
                .forEach(file -> seen.add(observed(partOf(file), "text", newest)));
        return new Snapshot(newest, names(files), assumed, window, seen);
    }

    private static CouldNotLook partOf(GivenFile file) {
        return new CouldNotLook(
                "text",
                file.name()
                        + ": only its end was read; gatemend diagnose on the host itself reads all of the window");
    }

    /** It was so when somebody typed the command: after the failures that he shows it for. */
    private static Observation observed(Reading reading, Listings.Shown shown, Instant at) {
        String where = reading.name() + ":" + shown.number() + ", so when it was typed";
        return new Observation(shown.fact(), new Source("shown", where), at);
    }

    private static Observation observed(Fact fact, String observer, Instant at) {
        return new Observation(fact, new Source(observer, "text"), at);
    }

    private static String names(List<GivenFile> files) {
        return String.join(", ", files.stream().map(GivenFile::name).toList());
    }

    private static Optional<Instant> newest(
            List<Reading> readings, Configured configured, ZoneId zone) {
        return readings.stream()
                .flatMap(
                        r ->
                                Stream.concat(
                                        ErrorLines.newest(r, zone).stream(),
                                        AccessLines.newest(r, configured).stream()))
                .max(Comparator.naturalOrder());
    }
}
