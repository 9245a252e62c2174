package dev.gatemend.cli;

import dev.gatemend.host.logs.LogFiles;
import dev.gatemend.model.Printable;
import dev.gatemend.nginx.traffic.TrafficAnalysis;
import dev.gatemend.nginx.traffic.TrafficFilter;
import dev.gatemend.nginx.traffic.TrafficQuestion;
import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.FileRead;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code gatemend logs}: counts what access and error logs hold, and says who made each failure.
 */
final class LogsCommand implements Command {
    /** More readers than this wait for memory, not for each other. */
    private static final int MOST_WORKERS = 16;

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public String summary() {
        return "Read logs of any size: who made each 5xx, by which peer, since when, and what retries hid.";
    }

    @Override
    public void declare(CommandSpec spec) {
        LogsWords.declare(spec);
    }

    @Override
    public int run(ParseResult words, Screen screen) throws IOException, InterruptedException {
        LogsWords wish = LogsWords.of(words);
        if (Options.has(words, LogsWords.FOLLOW)) {
            try (StopSignal signal = StopSignal.install()) {
                int status = new LogsFollowing(words, wish, screen, signal).run();
                screen.out().flush();
                screen.err().flush();
                signal.ended(status);
                return status;
            }
        }
        try (LogFiles files = LogFiles.open(wish.names(), new FileInputStream(FileDescriptor.in))) {
            if (files.inputs().isEmpty()) {
                throw new UsageException(String.join("; ", files.problems()));
            }
            files.problems().forEach(problem -> complain(screen, problem));
            LogEnds ends = new LogEnds(files.inputs(), wish.formats());
            ZoneId zone = wish.zone().or(ends::zone).orElseGet(ZoneId::systemDefault);
            TrafficReport report =
                    read(
                            files,
                            question(wish, zone, ends, Options.has(words, LogsWords.COUNT)),
                            screen);
            report.files().forEach(file -> complainOf(screen, file));
            boolean misfit = complainOfFormat(words, screen, report);
            deliver(words, screen, shape(words, screen, report, zone));
            if (TrafficHeadline.isForeign(report) && !misfit) {
                complain(screen, TrafficHeadline.of(report));
            }
            return status(report, !files.problems().isEmpty());
        }
    }

    private static TrafficReport read(LogFiles files, TrafficQuestion question, Screen screen)
            throws InterruptedException {
        try (ReadingProgress _ = ReadingProgress.of(files.read(), screen)) {
            return TrafficAnalysis.of(files.inputs(), question);
        }
    }

    private static TrafficQuestion question(
            LogsWords wish, ZoneId zone, LogEnds ends, boolean count) throws InterruptedException {
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);
        Instant newest = newest(wish, ends);
        Optional<Instant> since = wish.since().map(moment -> moment.since(zone, newest));
        Optional<Instant> until = wish.until().map(moment -> moment.until(zone, newest, since));
        Set<Integer> statuses = new TreeSet<>(wish.statuses());
        if (count && statuses.isEmpty()) {
            IntStream.range(500, 600).forEach(statuses::add);
        }
        TrafficFilter filter =
                new TrafficFilter(since, until, statuses, wish.sites(), wish.peers());
        return new TrafficQuestion(
                wish.formats(),
                filter,
                zone,
                workers,
                count ? TrafficQuestion.Detail.MATCHING : TrafficQuestion.Detail.EVERYTHING);
    }

    /** Only asked of the logs where a moment is told from it. */
    private static Instant newest(LogsWords wish, LogEnds ends) throws InterruptedException {
        boolean asked =
                wish.since().filter(LogMoment::isFromNewest).isPresent()
                        || wish.until().filter(LogMoment::isFromNewest).isPresent();
        if (!asked) {
            return Instant.EPOCH;
        }
        return ends.newest()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "--since and --until: a length or a time of day is told from the newest request,"
                                                + " which only a plain access log shows; write it as in 2026-11-21T12:00"));
    }

    static String shape(ParseResult words, Screen screen, TrafficReport report, ZoneId zone) {
        UnaryOperator<String> redaction = Discretion.of(words)::of;
        if (Options.has(words, LogsWords.COUNT)) {
            return report.totals().requests() + "\n";
        }
        if (Options.has(words, Options.JSON)) {
            return TrafficRendering.json(report, redaction);
        }
        if (Options.has(words, LogsWords.CSV)) {
            return TrafficRendering.csv(report, redaction);
        }
        if (Options.has(words, LogsWords.HTML)) {
            return TrafficRendering.html(report, zone, redaction);
        }
        boolean toScreen = Options.text(words, LogsWords.OUT, "").isEmpty();
        Ink ink = new Ink(screen.colour() && toScreen);
        return TrafficRendering.text(report, zone, screen.columns(), ink, redaction);
    }

    static void deliver(ParseResult words, Screen screen, String shape) {
        String out = Options.text(words, LogsWords.OUT, "");
        if (out.isEmpty()) {
            screen.out().print(shape);
        } else {
            NewFile.write(
                    LookOptions.path(out),
                    Options.has(words, NewFile.FORCE),
                    stream -> stream.write(shape.getBytes(StandardCharsets.UTF_8)));
        }
    }

    static int status(TrafficReport report, boolean unopened) {
        if (TrafficHeadline.isForeign(report)) {
            return ExitCode.USAGE;
        }
        boolean cut = report.files().stream().anyMatch(file -> file.problem().isPresent());
        return unopened || cut || TrafficHeadline.isTrouble(report)
                ? ExitCode.TROUBLE
                : ExitCode.FINE;
    }

    private static void complainOf(Screen screen, FileRead file) {
        file.problem()
                .ifPresent(
                        problem ->
                                complain(
                                        screen,
                                        "%s: %s (%s)"
                                                .formatted(
                                                        file.name(),
                                                        problem,
                                                        Words.count(file.lines(), "line"))));
    }

    /**
     * Whoever says a format wants to know when it is another one. That the last line of a file that
     * is cut off does not fit says nothing.
     *
     * @return whether there was something to say
     */
    static boolean complainOfFormat(ParseResult words, Screen screen, TrafficReport report) {
        long unparsed = report.totals().unparsed();
        long torn = report.files().stream().filter(file -> file.problem().isPresent()).count();
        if (unparsed <= torn || !Options.has(words, LogsWords.FORMAT)) {
            return false;
        }
        String shown =
                report.samples().stream()
                        .filter(sample -> sample.what().equals("does not fit"))
                        .findFirst()
                        .map(sample -> ", as %s: %s".formatted(sample.where(), sample.text()))
                        .orElse("");
        complain(
                screen,
                "--format: %s of %s %s not fit%s"
                        .formatted(
                                Words.thousands(unparsed),
                                Words.count(report.totals().lines(), "line"),
                                unparsed == 1 ? "does" : "do",
                                Discretion.of(words).of(shown)));
        return true;
    }

    static void complain(Screen screen, String words) {
        screen.err().println("gatemend: " + Printable.oneLine(words));
    }
}
