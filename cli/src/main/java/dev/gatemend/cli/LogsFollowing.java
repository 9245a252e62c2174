package dev.gatemend.cli;

import dev.gatemend.host.logs.FollowedLog;
import dev.gatemend.host.logs.FollowedLogs;
import dev.gatemend.nginx.traffic.LogInput;
import dev.gatemend.nginx.traffic.TrafficFilter;
import dev.gatemend.nginx.traffic.TrafficQuestion;
import dev.gatemend.nginx.traffic.TrafficReport;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ParseResult;

/** {@code gatemend logs --follow}: from the words to the report at the end. */
final class LogsFollowing {
    private final ParseResult words;
    private final LogsWords wish;
    private final Screen screen;
    private final Pulse pulse;

    LogsFollowing(ParseResult words, LogsWords wish, Screen screen, Pulse pulse) {
        this.words = words;
        this.wish = wish;
        this.screen = screen;
        this.pulse = pulse;
    }

    int run() throws IOException, InterruptedException {
        return run(new FileInputStream(FileDescriptor.in));
    }

    int run(InputStream standardInput) throws IOException, InterruptedException {
        try (FollowedLogs logs = FollowedLogs.open(wish.names(), standardInput)) {
            if (!logs.problems().isEmpty()) {
                throw new UsageException("cannot follow: " + String.join("; ", logs.problems()));
            }
            logs.awaited()
                    .forEach(name -> complain(name + ": not there yet: will be read once it is"));
            Optional<ZoneId> zone = wish.zone().or(ends(logs)::zone);
            Following following =
                    new Following(
                            question(zone.orElseGet(ZoneId::systemDefault)),
                            zone.isPresent(),
                            System.nanoTime(),
                            pulse,
                            telling(),
                            this::complain);
            TrafficReport report = following.follow(logs);
            LogsCommand.complainOfFormat(words, screen, report);
            show(report, following.zone());
            return LogsCommand.status(report, false);
        }
    }

    private LogEnds ends(FollowedLogs logs) {
        List<LogInput> files = logs.logs().stream().flatMap(log -> input(log).stream()).toList();
        return new LogEnds(files, wish.formats());
    }

    private static Optional<LogInput> input(FollowedLog log) {
        return log.file().map(file -> new LogInput.Placed(log.name(), file));
    }

    /** What is told from the newest line elsewhere is told from now. */
    private TrafficQuestion question(ZoneId zone) {
        Instant now = pulse.now();
        Optional<Instant> since = wish.since().map(moment -> moment.since(zone, now));
        Optional<Instant> until =
                wish.until()
                        .map(
                                moment ->
                                        moment instanceof LogMoment.Back(java.time.Duration length)
                                                ? now.plus(length)
                                                : moment.until(
                                                        zone,
                                                        now,
                                                        since.or(() -> Optional.of(now))));
        TrafficFilter filter =
                new TrafficFilter(since, until, wish.statuses(), wish.sites(), wish.peers());
        return new TrafficQuestion(wish.formats(), filter, zone, 1);
    }

    private Telling telling() {
        UnaryOperator<String> redaction = Discretion.of(words)::of;
        return Options.has(words, Options.JSON)
                ? new JsonTelling(screen.out(), redaction)
                : new TextTelling(screen, Boolean.getBoolean("gatemend.terminal"), redaction);
    }

    /** Behind what was told while it happened; as JSON one more line. */
    private void show(TrafficReport report, ZoneId zone) {
        boolean toFile = !Options.text(words, LogsWords.OUT, "").isEmpty();
        if (!toFile && Options.has(words, Options.JSON)) {
            screen.out().print(TrafficRendering.jsonLine(report, Discretion.of(words)::of));
            return;
        }
        String shape = LogsCommand.shape(words, screen, report, zone);
        LogsCommand.deliver(
                words, screen, !toFile && TrafficHeadline.isTrouble(report) ? "\n" + shape : shape);
    }

    private void complain(String what) {
        LogsCommand.complain(screen, what);
        screen.err().flush();
    }
}
