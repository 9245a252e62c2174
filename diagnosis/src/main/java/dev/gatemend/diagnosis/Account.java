package dev.gatemend.diagnosis;

import dev.gatemend.model.ApplicationLog;
import dev.gatemend.model.JournalLine;
import dev.gatemend.model.Printable;
import dev.gatemend.model.ProcessState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the application behind a peer says of itself in one place: a log of its own, or the journal
 * of its unit. Its words are hints; see {@link Words}.
 *
 * @param who whose words they are
 * @param pids of the processes that write there; empty when unknown
 * @param lines that say something, oldest first
 */
public record Account(String who, List<Integer> pids, List<Testimony> lines) {
    private static final int LONGEST_QUOTE = 140;
    private static final int LONGEST_TRACE = 60;
    private static final Pattern ERROR_NAMED =
            Pattern.compile("^(?:Uncaught )?\\w*(?:Error|Exception)\\b");

    /** What a run that never served ends with. */
    private static final Set<Words> OF_A_START =
            Set.of(Words.ADDRESS_IN_USE, Words.DEPENDENCY, Words.BOOT_FAILED, Words.FAULT);

    public Account {
        pids = List.copyOf(pids);
        lines = List.copyOf(lines);
    }

    /** Every account of the application behind the matter's peer. */
    public static List<Account> of(Matter matter) {
        Stream<Account> logs =
                matter.scene()
                        .facts(ApplicationLog.class)
                        .filter(l -> concerns(matter, l))
                        .map(l -> of(matter, l));
        return Stream.concat(logs, units(matter).stream().map(u -> ofUnit(matter, u)))
                .filter(a -> !a.lines.isEmpty())
                .toList();
    }

    /** The first line about this that may have been written while the matter's requests failed. */
    public static Optional<Testimony> during(Matter matter, Words words) {
        Instant now = matter.scene().snapshot().at();
        return of(matter).stream()
                .flatMap(a -> a.lines().stream())
                .filter(t -> t.is(words))
                .filter(t -> t.mayBeWithin(matter.first().orElse(now), matter.last().orElse(now)))
                .findFirst();
    }

    /** A log that somebody handed over names no peers; then it is about what was handed over. */
    private static boolean concerns(Matter matter, ApplicationLog log) {
        return log.peers().isEmpty() || servesPeer(matter, log);
    }

    private static boolean servesPeer(Matter matter, ApplicationLog log) {
        return matter.peer().stream()
                .anyMatch(
                        peer ->
                                log.peers().stream()
                                        .anyMatch(p -> Peers.means(matter.scene(), p, peer)));
    }

    private static Set<String> units(Matter matter) {
        Set<String> units = new LinkedHashSet<>();
        PeerUnit.of(matter).forEach(u -> units.add(u.unit().name()));
        matter.listener()
                .flatMap(matter.scene()::owner)
                .flatMap(ProcessState::unit)
                .ifPresent(units::add);
        return units;
    }

    private static Account of(Matter matter, ApplicationLog log) {
        List<Testimony> lines = new ArrayList<>();
        Optional<Instant> from = Optional.empty();
        for (int i = 0; i < log.lines().size(); i++) {
            ApplicationLog.Line line = log.lines().get(i);
            from = line.at().isPresent() ? line.at() : from;
            Optional<Words> words = Words.in(line.text());
            if (words.isPresent()) {
                lines.add(
                        new Testimony(
                                words.get(),
                                isLast(log, i)
                                        ? line.at().or(() -> Optional.of(log.changed()))
                                        : from,
                                line.at().or(nextTime(log, i)),
                                line.text(),
                                quoted(matter, log, telling(log, i, words.get()))));
            }
        }
        return new Account(log.writer(), log.pids(), lines);
    }

    /** Node.js ends with its version; what tells is the name of the error, before the trace. */
    private static ApplicationLog.Line telling(ApplicationLog log, int index, Words words) {
        return words != Words.ENDED_UNCAUGHT
                ? log.lines().get(index)
                : log.lines().subList(Math.max(0, index - LONGEST_TRACE), index).reversed().stream()
                        .filter(l -> ERROR_NAMED.matcher(l.text()).find())
                        .findFirst()
                        .orElse(log.lines().get(index));
    }

    /** The last line was written when the log was changed last. */
    private static boolean isLast(ApplicationLog log, int index) {
        return log.lines().stream().skip(index + 1L).allMatch(l -> l.text().isBlank());
    }

    /** The next line that carries a time, else the last writing. */
    private static Supplier<Optional<Instant>> nextTime(ApplicationLog log, int index) {
        return () ->
                log.lines().stream()
                        .skip(index)
                        .flatMap(l -> l.at().stream())
                        .findFirst()
                        .or(() -> Optional.of(log.changed()));
    }

    private static Sighting quoted(Matter matter, ApplicationLog log, ApplicationLog.Line line) {
        Sighting sighting =
                matter.scene()
                        .sighting(log, "%s says: %s".formatted(log.writer(), quote(line.text())));
        return new Sighting(sighting.source(), sighting.text(), sighting.where(), line.at());
    }

    private static Account ofUnit(Matter matter, String unit) {
        List<Testimony> lines =
                matter.scene()
                        .facts(JournalLine.class)
                        .filter(l -> l.unit().equals(unit))
                        .sorted(Comparator.comparing(JournalLine::at))
                        .flatMap(l -> of(matter, l).stream())
                        .toList();
        return new Account(unit, List.of(), lines);
    }

    private static Optional<Testimony> of(Matter matter, JournalLine line) {
        return Words.in(line.text())
                .map(
                        words ->
                                new Testimony(
                                        words,
                                        Optional.of(line.at()),
                                        Optional.of(line.at()),
                                        line.text(),
                                        matter.scene()
                                                .sighting(
                                                        line,
                                                        "%s says: %s"
                                                                .formatted(
                                                                        line.unit(),
                                                                        quote(line.text())))));
    }

    private static String quote(String text) {
        return Excerpt.of(Printable.oneLine(text.strip()), LONGEST_QUOTE);
    }

    /** The last line about this. */
    public Optional<Testimony> last(Words words) {
        return lines.reversed().stream().filter(t -> t.is(words)).findFirst();
    }

    /** What follows the last line that says that it listens; all of it when none says so. */
    public List<Testimony> sinceItServed() {
        int served = -1;
        for (int i = 0; i < lines.size(); i++) {
            served = lines.get(i).is(Words.LISTENING) ? i : served;
        }
        return lines.subList(served + 1, lines.size());
    }

    /**
     * The errors that nobody caught while it served: none of a start that failed, and none that a
     * framework answered with 500.
     */
    public List<Testimony> crashes() {
        List<Testimony> crashes = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean caught = i > 0 && lines.get(i - 1).is(Words.CAUGHT);
            if (lines.get(i).is(Words.CRASHED) && !caught && !isOfAStart(i)) {
                crashes.add(lines.get(i));
            } else if (lines.get(i).is(Words.ENDED_UNCAUGHT) && !isToldBefore(i)) {
                crashes.add(lines.get(i));
            }
        }
        return crashes;
    }

    /** The trace before it said so already. */
    private boolean isToldBefore(int end) {
        return end > 0
                && (lines.get(end - 1).is(Words.CRASHED)
                        || OF_A_START.contains(lines.get(end - 1).words()));
    }

    /** What the same trace ends with. */
    private boolean isOfAStart(int crash) {
        return lines.stream()
                .skip(crash + 1L)
                .takeWhile(t -> !t.is(Words.CRASHED) && !t.is(Words.LISTENING))
                .anyMatch(t -> OF_A_START.contains(t.words()));
    }

    /** Whether requests were answered, or ends ordered, after that line. */
    public boolean wentOnAfter(Testimony testimony) {
        return lines.stream()
                .skip(lines.lastIndexOf(testimony) + 1L)
                .anyMatch(t -> t.is(Words.REQUEST) || t.is(Words.STOPPING) || t.is(Words.STARTING));
    }

    /** Whether it ever says that it listens. */
    public boolean served() {
        return last(Words.LISTENING).isPresent();
    }

    /**
     * Whether its last run came so far that it listened: nothing later tells of another start.
     *
     * @param start of that run; empty when unknown
     */
    public boolean servedSince(Optional<Instant> start) {
        return last(Words.LISTENING).filter(t -> start.filter(t::before).isEmpty()).isPresent()
                && sinceItServed().stream()
                        .noneMatch(t -> t.is(Words.STARTING) || t.is(Words.BOOT_FAILED));
    }

    /** The last line about this that no later line about listening takes back. */
    public Optional<Testimony> standing(Words words) {
        return sinceItServed().reversed().stream().filter(t -> t.is(words)).findFirst();
    }
}
