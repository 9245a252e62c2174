package dev.gatemend.watch;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is told of an incident whatever its state.
 *
 * @param id sorts by the moment it was opened
 * @param first failure of it
 * @param openedAt for the first time
 * @param reopened how often it came back
 * @param site one of those it failed for
 * @param peer that failed last
 * @param verdict of the last diagnosis
 * @param timeline in the order it happened, with a sentence each
 */
public record Story(
        String id,
        Place place,
        Trouble trouble,
        Severity severity,
        Instant first,
        Instant openedAt,
        int reopened,
        Optional<String> site,
        Optional<String> peer,
        Optional<Verdict> verdict,
        List<Entry> timeline) {
    /** One that flaps for days is cut in its middle: how it began and how it is stay. */
    static final int LONGEST = 200;

    private static final int KEPT_OF_BEGINNING = 50;

    public Story {
        requireNonNull(id, "id is null");
        timeline = List.copyOf(timeline);
        if (reopened < 0) {
            throw new IllegalArgumentException("reopened: " + reopened);
        }
    }

    /**
     * What happened.
     *
     * @param why a sentence
     */
    public record Entry(Instant at, String what, String why) {}

    static Story begin(String id, Change.Alarm alarm, Instant now) {
        return new Story(
                id,
                alarm.place(),
                alarm.trouble(),
                alarm.severity(),
                alarm.first(),
                now,
                0,
                alarm.site(),
                alarm.peer(),
                Optional.empty(),
                List.of(new Entry(now, "opened", alarm.why())));
    }

    Story with(Entry entry) {
        return with(trouble, severity, reopened, site, peer, verdict, entry);
    }

    Story again(Change.Alarm alarm, int times, Entry entry) {
        return with(
                alarm.trouble(),
                alarm.severity(),
                times,
                alarm.site().or(() -> site),
                alarm.peer().or(() -> peer),
                verdict,
                entry);
    }

    Story judged(Verdict fresh, Entry entry) {
        return with(trouble, severity, reopened, site, peer, Optional.of(fresh), entry);
    }

    private Story with(
            Trouble nowTrouble,
            Severity nowSeverity,
            int times,
            Optional<String> nowSite,
            Optional<String> nowPeer,
            Optional<Verdict> nowVerdict,
            Entry entry) {
        List<Entry> longer = new ArrayList<>(timeline);
        longer.add(entry);
        if (longer.size() > LONGEST) {
            longer.remove(KEPT_OF_BEGINNING);
        }
        return new Story(
                id,
                place,
                nowTrouble,
                nowSeverity,
                first,
                openedAt,
                times,
                nowSite,
                nowPeer,
                nowVerdict,
                longer);
    }
}
