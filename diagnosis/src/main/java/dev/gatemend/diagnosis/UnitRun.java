package dev.gatemend.diagnosis;

import dev.gatemend.model.JournalLine;
import dev.gatemend.model.SystemdUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The last run of a service that has ended, by systemd's own words in the journal.
 *
 * @param started empty when that was before the window
 */
public record UnitRun(Optional<Instant> started, Instant ended) {
    /** A request may come a moment after the end. */
    private static final Duration BEFORE = Duration.ofSeconds(2);

    /** nginx's error log cuts off parts of seconds, and a process that fails takes time to end. */
    private static final Duration AFTER = Duration.ofSeconds(2);

    /** Empty when the journal does not tell of an end. */
    public static Optional<UnitRun> last(Matter matter, String unit) {
        List<JournalLine> lines = lines(matter, unit);
        return lines.reversed().stream()
                .filter(l -> isEnd(l, unit))
                .findFirst()
                .map(end -> before(lines, end));
    }

    /**
     * The service whose run ended when the matter began, where one alone did. What systemd only
     * starts to do something once ("Starting" and "Finished", never "Started") serves nobody, and
     * may have failed because of the matter.
     */
    static Optional<SystemdUnit> endedWhenItBegan(Matter matter, List<SystemdUnit> units) {
        if (matter.first().isEmpty() || !isLeftAlone(matter)) {
            return Optional.empty();
        }
        Set<Integer> serving =
                PeerSide.of(matter).stream()
                        .flatMap(s -> s.table().listeners().stream())
                        .flatMap(l -> l.pids().stream())
                        .collect(Collectors.toSet());
        Set<String> endedThen = endedAt(matter, matter.first().get());
        List<SystemdUnit> ended =
                units.stream()
                        .filter(u -> endedThen.contains(u.name()))
                        .filter(u -> u.name().endsWith(".service") && u.listens().isEmpty())
                        .filter(u -> u.mainPid().stream().noneMatch(serving::contains))
                        .limit(2)
                        .toList();
        return ended.size() == 1 ? Optional.of(ended.getFirst()) : Optional.empty();
    }

    /** Nobody takes connections there, on this host. */
    private static boolean isLeftAlone(Matter matter) {
        boolean concerned = matter.trouble() == Trouble.CLOSED || Refusal.of(matter).isPresent();
        return concerned
                && PeerSide.of(matter)
                        .filter(s -> s.listener(matter.peer().orElseThrow()).isEmpty())
                        .isPresent();
    }

    /** The units that had served and ended then; few of those that the journal holds. */
    private static Set<String> endedAt(Matter matter, Instant first) {
        return matter.scene()
                .facts(JournalLine.class)
                .filter(l -> !l.at().isBefore(first.minus(BEFORE)))
                .filter(l -> !l.at().isAfter(first.plus(AFTER)))
                .filter(l -> isEnd(l, l.unit()) && hadServed(lines(matter, l.unit()), l))
                .map(JournalLine::unit)
                .collect(Collectors.toSet());
    }

    private static boolean hadServed(List<JournalLine> lines, JournalLine end) {
        return lines.stream()
                .takeWhile(l -> l.at().isBefore(end.at()))
                .filter(l -> l.text().matches("(?s)Start(?:ed|ing) .*"))
                .reduce((_, last) -> last)
                .filter(l -> l.text().startsWith("Starting "))
                .isEmpty();
    }

    private static UnitRun before(List<JournalLine> lines, JournalLine end) {
        return new UnitRun(
                lines.reversed().stream()
                        .filter(l -> !l.at().isAfter(end.at()))
                        .filter(l -> l.text().matches("(?s)Start(?:ed|ing) .*"))
                        .map(JournalLine::at)
                        .findFirst(),
                end.at());
    }

    private static boolean isEnd(JournalLine line, String unit) {
        return line.text().startsWith(unit + ": Main process exited")
                || line.text().startsWith(unit + ": Deactivated successfully");
    }

    private static List<JournalLine> lines(Matter matter, String unit) {
        return matter.scene()
                .facts(JournalLine.class)
                .filter(l -> l.unit().equals(unit))
                .sorted(Comparator.comparing(JournalLine::at))
                .toList();
    }
}
