package dev.gatemend.cli;

import dev.gatemend.host.Because;
import dev.gatemend.host.logs.FollowedLog;
import dev.gatemend.host.logs.FollowedLogs;
import dev.gatemend.host.logs.WholeLines;
import dev.gatemend.nginx.traffic.LiveTraffic;
import dev.gatemend.nginx.traffic.TrafficEvent;
import dev.gatemend.nginx.traffic.TrafficQuestion;
import dev.gatemend.nginx.traffic.TrafficReport;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads logs while they grow, round by round, until somebody or the time says that it is enough.
 */
final class Following {
    /** Read of one access log before the error logs are looked at again. */
    private static final int MOST_BLOCKS = 16;

    /** Read of one error log in a round; it grows slower than it is read. */
    private static final int MOST_ERROR_BLOCKS = 1_000;

    /** Rounds at the end: whoever writes faster than this is not waited for. */
    private static final int MOST_LAST_ROUNDS = 1_000;

    private final List<Followed> logs = new ArrayList<>();
    private final Optional<Instant> until;
    private final Pulse pulse;
    private final Telling telling;
    private final Consumer<String> complaints;
    private final LiveTraffic traffic;

    /** A log with its number. */
    private static final class Followed {
        private final FollowedLog log;
        private final WholeLines lines;
        private final int number;
        private Optional<String> problem = Optional.empty();
        private boolean ended;

        Followed(FollowedLog log, int number) {
            this.log = log;
            this.lines = new WholeLines(log.input());
            this.number = number;
        }
    }

    /**
     * @param complaints takes what cannot be read, each once
     */
    Following(
            TrafficQuestion question,
            boolean zoneKnown,
            long seed,
            Pulse pulse,
            Telling telling,
            Consumer<String> complaints) {
        this.until = question.filter().until();
        this.pulse = pulse;
        this.telling = telling;
        this.complaints = complaints;
        this.traffic = new LiveTraffic(question, zoneKnown, seed, this::tell);
    }

    /** Follows them to the end, and answers what there was. */
    TrafficReport follow(FollowedLogs followed) throws IOException, InterruptedException {
        for (FollowedLog log : followed.logs()) {
            begin(log);
        }
        boolean more = readErrors();
        while (!isOver()) {
            if (!more) {
                pulse.rest();
            }
            more = round();
        }
        finish();
        return traffic.report();
    }

    private void begin(FollowedLog log) throws IOException {
        Instant now = pulse.now();
        Followed one = new Followed(log, traffic.add(log.name(), now));
        logs.add(one);
        FollowedLog.LastLines last = log.lastLines();
        if (last.lines().length > 0) {
            traffic.before(one.number, last.lines(), 0, last.lines().length, now);
        }
        if (log.file().isPresent()) {
            OptionalLong start = traffic.start(one.number, log.file().get());
            log.seek(start.orElse(last.behind()));
        }
    }

    private boolean isOver() {
        boolean late = until.filter(end -> !pulse.now().isBefore(end)).isPresent();
        return late || pulse.isOver() || logs.stream().allMatch(one -> one.ended);
    }

    /** In which the error logs' times are, as far as is known by now. */
    ZoneId zone() {
        return traffic.zone();
    }

    private void tell(TrafficEvent event) {
        telling.event(event, traffic.zone(), pulse.now());
    }

    /** Answers whether there was more than is read in a round. */
    private boolean round() {
        boolean more = read();
        traffic.advance(pulse.now());
        telling.round(traffic.glance(), pulse.now());
        return more;
    }

    /** A file may have been renamed just now: both parts of it are read to their ends. */
    private void finish() {
        for (Followed one : logs) {
            one.log.input().end();
        }
        int rounds = 0;
        boolean more = true;
        while (more && rounds++ < MOST_LAST_ROUNDS) {
            more = read();
        }
        traffic.end(pulse.now());
        telling.end();
    }

    /** Requests first: entries are written before theirs, so all of those are known then. */
    private boolean read() {
        boolean more = false;
        for (Followed one : logs) {
            if (!traffic.mayHoldEntries(one.number)) {
                more |= read(one, MOST_BLOCKS);
            }
        }
        return readErrors() || more;
    }

    private boolean readErrors() {
        boolean more = false;
        for (Followed one : logs) {
            if (traffic.mayHoldEntries(one.number)) {
                more |= read(one, MOST_ERROR_BLOCKS);
            }
        }
        return more;
    }

    /** Answers whether it stopped before there was nothing more. */
    private boolean read(Followed one, int most) {
        int blocks = 0;
        try {
            while (blocks < most && one.lines.next()) {
                blocks++;
                take(one);
            }
            note(one, one.log.input().problem());
        } catch (IOException e) {
            note(one, Optional.of(e));
        }
        if (blocks == 0) {
            traffic.rest(one.number);
        }
        one.ended |= one.lines.isOver();
        return blocks == most;
    }

    private void take(Followed one) {
        WholeLines lines = one.lines;
        if (lines.to() > lines.from()) {
            traffic.lines(one.number, lines.buffer(), lines.from(), lines.to(), pulse.now());
        }
    }

    private void note(Followed one, Optional<IOException> failure) {
        Optional<String> why = failure.map(Because::of);
        if (why.equals(one.problem)) {
            return;
        }
        one.problem = why;
        traffic.problem(one.number, why, pulse.now());
        why.ifPresent(
                words -> {
                    telling.clear();
                    complaints.accept(one.log.name() + ": " + words);
                });
    }
}
