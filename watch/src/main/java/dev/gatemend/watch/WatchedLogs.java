package dev.gatemend.watch;

import dev.gatemend.host.Because;
import dev.gatemend.host.FollowablePlaces;
import dev.gatemend.host.logs.FollowedLog;
import dev.gatemend.host.logs.GrowingLog;
import dev.gatemend.host.logs.WholeLines;
import dev.gatemend.model.LogFormat;
import dev.gatemend.nginx.traffic.AnsweredRequest;
import dev.gatemend.nginx.traffic.LiveTraffic;
import dev.gatemend.nginx.traffic.TrafficEvent;
import dev.gatemend.nginx.traffic.TrafficFilter;
import dev.gatemend.nginx.traffic.TrafficQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The logs of every nginx that was found, read as they grow: from their end, but those that are
 * younger than the watch from their beginning. Waits for nothing; belongs to one thread.
 */
final class WatchedLogs implements AutoCloseable {
    /** Each is looked at several times a second. */
    private static final int MOST_LOGS = 500;

    /** How long a log is kept open that nobody writes to any more. */
    private static final Duration REST = Duration.ofMinutes(10);

    /** A log that is younger was made by what has just been noticed: a reload, a new site. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** Read of one log in a round. */
    private static final int MOST_BLOCKS = 64;

    private final Optional<ZoneId> zone;
    private final long seed;
    private final Consumer<TrafficEvent> failures;
    private final Consumer<AnsweredRequest> answers;
    private final Consumer<String> problems;
    private final Map<Path, Followed> logs = new LinkedHashMap<>();
    private final Map<Path, Followed> resting = new LinkedHashMap<>();
    private final Map<Path, String> shut = new LinkedHashMap<>();
    private List<Path> asked = List.of();
    private List<LogFormat> formats = List.of();
    private LiveTraffic traffic;
    private Instant begun = Instant.MAX;

    /** A log that is read, and its number with whoever takes its lines. */
    private static final class Followed {
        private final FollowedLog log;
        private final WholeLines lines;
        private int number;
        private Instant restsSince = Instant.MIN;
        private Optional<String> problem = Optional.empty();

        Followed(FollowedLog log) {
            this.log = log;
            this.lines = new WholeLines(log.input());
        }
    }

    /**
     * @param zone of {@code --timezone}; without one the host's is taken until a log shows another
     * @param problems is told what cannot be read, each once until it changes
     */
    WatchedLogs(
            Optional<ZoneId> zone,
            long seed,
            Consumer<TrafficEvent> failures,
            Consumer<AnsweredRequest> answers,
            Consumer<String> problems) {
        this.zone = zone;
        this.seed = seed;
        this.failures = failures;
        this.answers = answers;
        this.problems = problems;
        this.traffic = fresh();
    }

    int size() {
        return logs.size();
    }

    /** Follows these from now on, and no others. */
    void follow(FollowablePlaces places, Instant now) {
        List<Path> wanted = places.files().values().stream().distinct().limit(MOST_LOGS).toList();
        boolean same = asked.equals(wanted) && formats.equals(places.formats());
        if (same && begun.isBefore(Instant.MAX)) {
            tryAgain(now);
            return;
        }
        asked = wanted;
        if (places.files().size() > MOST_LOGS) {
            problems.accept("only the first " + MOST_LOGS + " of more logs are followed");
        }
        traffic.end(now);
        formats = places.formats();
        traffic = fresh();
        Map<Path, Followed> before = Map.copyOf(logs);
        logs.clear();
        for (Path path : wanted) {
            Optional<Followed> known =
                    Optional.ofNullable(before.get(path))
                            .or(() -> Optional.ofNullable(resting.remove(path)));
            open(path, known).ifPresent(one -> begin(path, one, known.isPresent(), now));
        }
        before.forEach((path, one) -> restIfUnwanted(path, one, now));
        begun = begun.isBefore(now) ? begun : now;
    }

    private void tryAgain(Instant now) {
        for (Path path : asked) {
            if (!logs.containsKey(path)) {
                open(path, Optional.empty()).ifPresent(one -> begin(path, one, false, now));
            }
        }
    }

    /**
     * Reads what has come.
     *
     * @return whether there was more than is read in a round
     */
    boolean round(Instant now) {
        boolean more = false;
        for (Followed one : logs.values()) {
            more |= !traffic.mayHoldEntries(one.number) && read(one, now);
        }
        for (Followed one : logs.values()) {
            more |= traffic.mayHoldEntries(one.number) && read(one, now);
        }
        traffic.advance(now);
        forget(now);
        return more;
    }

    @Override
    public void close() {
        logs.forEach((_, one) -> close(one));
        logs.clear();
        resting.forEach((_, one) -> close(one));
        resting.clear();
    }

    private void forget(Instant now) {
        resting.values()
                .removeIf(
                        one -> {
                            boolean over = one.restsSince.plus(REST).isBefore(now);
                            if (over) {
                                close(one);
                            }
                            return over;
                        });
    }

    private LiveTraffic fresh() {
        TrafficQuestion question =
                new TrafficQuestion(
                        formats, TrafficFilter.ALL, zone.orElseGet(ZoneId::systemDefault), 1);
        return new LiveTraffic(question, zone.isPresent(), seed, failures, Optional.of(answers));
    }

    private Optional<Followed> open(Path path, Optional<Followed> known) {
        if (known.isPresent()) {
            return known;
        }
        String name = path.toString();
        try {
            GrowingLog log = GrowingLog.open(path, 0);
            return Optional.of(new Followed(new FollowedLog(name, log, log.file())));
        } catch (NoSuchFileException e) {
            return Optional.of(
                    new Followed(
                            new FollowedLog(name, GrowingLog.awaited(path), Optional.empty())));
        } catch (IOException e) {
            String why = Because.of(e);
            if (!why.equals(shut.put(path, why))) {
                problems.accept(why);
            }
            return Optional.empty();
        }
    }

    private void begin(Path path, Followed one, boolean known, Instant now) {
        one.number = traffic.add(one.log.name(), now);
        logs.put(path, one);
        try {
            FollowedLog.LastLines last = one.log.lastLines();
            traffic.before(one.number, last.lines(), 0, last.lines().length, now);
            if (!known && !isYoung(path, now)) {
                one.log.seek(last.behind());
            }
        } catch (IOException e) {
            note(one, Optional.of(e), now);
        }
    }

    /**
     * It was made since the watch began, just now. Where a file system keeps no time of birth, the
     * JDK gives that of the last change.
     */
    private boolean isYoung(Path path, Instant now) throws IOException {
        if (!Files.exists(path)) {
            return false;
        }
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        Instant made = file.creationTime().toInstant();
        return made.isAfter(begun)
                && made.isAfter(now.minus(YOUNG))
                && !file.creationTime().equals(file.lastModifiedTime());
    }

    /** An nginx that is started again writes to it again; it is read on from where it was. */
    private void restIfUnwanted(Path path, Followed one, Instant now) {
        if (!logs.containsKey(path)) {
            one.restsSince = now;
            resting.put(path, one);
        }
    }

    private boolean read(Followed one, Instant now) {
        int blocks = 0;
        try {
            while (blocks < MOST_BLOCKS && one.lines.next()) {
                blocks++;
                WholeLines lines = one.lines;
                if (lines.to() > lines.from()) {
                    traffic.lines(one.number, lines.buffer(), lines.from(), lines.to(), now);
                }
            }
            note(one, one.log.input().problem(), now);
        } catch (IOException e) {
            note(one, Optional.of(e), now);
        }
        if (blocks == 0) {
            traffic.rest(one.number);
        }
        return blocks == MOST_BLOCKS;
    }

    private void note(Followed one, Optional<IOException> failure, Instant now) {
        Optional<String> why = failure.map(Because::of);
        if (!why.equals(one.problem)) {
            one.problem = why;
            traffic.problem(one.number, why, now);
            why.ifPresent(words -> problems.accept(one.log.name() + ": " + words));
        }
    }

    private void close(Followed one) {
        try {
            one.log.close();
        } catch (IOException e) {
            problems.accept(one.log.name() + ": " + Because.of(e));
        }
    }
}
