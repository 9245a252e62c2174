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

    /** Read of one log in a round. */
    private static final int MOST_BLOCKS = 64;

    private final Optional<ZoneId> zone;
    private final long seed;
    private final Consumer<TrafficEvent> failures;
    private final Consumer<AnsweredRequest> answers;
    private final Consumer<String> problems;
    private final Map<Path, Followed> logs = new LinkedHashMap<>();
    private List<LogFormat> formats = List.of();
    private LiveTraffic traffic;
    private Instant begun = Instant.MAX;

    /** A log that is read, and its number with whoever takes its lines. */
    private static final class Followed {
        private final FollowedLog log;
        private final WholeLines lines;
        private int number;
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
        boolean same =
                List.copyOf(logs.keySet()).equals(wanted) && formats.equals(places.formats());
        if (same && begun.isBefore(Instant.MAX)) {
            return;
        }
        if (places.files().size() > MOST_LOGS) {
            problems.accept("only the first " + MOST_LOGS + " of more logs are followed");
        }
        traffic.end(now);
        formats = places.formats();
        traffic = fresh();
        Map<Path, Followed> before = Map.copyOf(logs);
        logs.clear();
        for (Path path : wanted) {
            Followed known = before.get(path);
            open(path, Optional.ofNullable(known))
                    .ifPresent(one -> begin(path, one, known != null, now));
        }
        before.forEach((path, one) -> closeIfUnwanted(path, one));
        begun = begun.isBefore(now) ? begun : now;
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
        return more;
    }

    @Override
    public void close() {
        logs.forEach((_, one) -> close(one));
        logs.clear();
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
            problems.accept(Because.of(e));
            return Optional.empty();
        }
    }

    private void begin(Path path, Followed one, boolean known, Instant now) {
        one.number = traffic.add(one.log.name(), now);
        logs.put(path, one);
        try {
            FollowedLog.LastLines last = one.log.lastLines();
            traffic.before(one.number, last.lines(), 0, last.lines().length, now);
            if (!known && !isYoung(path)) {
                one.log.seek(last.behind());
            }
        } catch (IOException e) {
            note(one, Optional.of(e), now);
        }
    }

    /** It was not there when the watch began. */
    private boolean isYoung(Path path) throws IOException {
        return Files.exists(path)
                && Files.readAttributes(path, BasicFileAttributes.class)
                        .creationTime()
                        .toInstant()
                        .isAfter(begun);
    }

    private void closeIfUnwanted(Path path, Followed one) {
        if (!logs.containsKey(path)) {
            close(one);
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
