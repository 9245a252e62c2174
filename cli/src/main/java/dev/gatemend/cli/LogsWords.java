package dev.gatemend.cli;

import dev.gatemend.model.LogFormat;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the words of {@code gatemend logs} ask for.
 *
 * @param names of the logs, as given
 * @param formats that they may have; empty to infer them
 * @param statuses, sites, peers that are counted; empty for all
 */
record LogsWords(
        List<String> names,
        List<LogFormat> formats,
        Optional<LogMoment> since,
        Optional<LogMoment> until,
        Set<Integer> statuses,
        Set<String> sites,
        Set<String> peers,
        Optional<ZoneId> zone) {
    static final String CSV = "--csv";
    static final String HTML = "--html";
    static final String COUNT = "--count";
    static final String OUT = "-o";
    static final String FORMAT = "--format";
    static final String FOLLOW = "--follow";

    private static final String CONFIG = "--config";
    private static final String SINCE = "--since";
    private static final String UNTIL = "--until";
    private static final String STATUS = "--status";
    private static final String SITE = "--site";
    private static final String PEER = "--peer";
    private static final List<String> SHAPES = List.of(Options.JSON, CSV, HTML, COUNT);
    private static final Pattern ONE_STATUS = Pattern.compile("[1-5](?:\\d\\d|xx)");

    static void declare(CommandSpec spec) {
        Options.parameters(
                spec,
                "FILE",
                "Access and error logs, plain or packed; patterns and rotated sets too; - for standard input.");
        Options.value(spec, CONFIG, "FILE", "The nginx.conf that says which log has which format.");
        Options.value(
                spec,
                FORMAT,
                "FORMAT",
                "Of the access logs: combined, a name in --config's file, or the text of a log_format in quotes;"
                        + " default: inferred from the lines.");
        Options.value(
                spec,
                SINCE,
                "TIME",
                "Count from here on: " + LogMoment.FORMS + " before the newest line.");
        Options.value(spec, UNTIL, "TIME", "Count up to here; written in the same way.");
        Options.value(spec, STATUS, "STATUSES", "Count these only, as in 502 or 502,503 or 5xx.");
        Options.values(spec, SITE, "NAME", "Count this site only. May be given several times.");
        Options.values(
                spec,
                PEER,
                "ADDRESS",
                "Count requests that this peer was tried for only, as in 127.0.0.1:8000. May be given several times.");
        Options.value(
                spec,
                "--timezone",
                "ZONE",
                "The zone of the error logs' times; default: that of the access logs, else this host's.");
        Options.flag(
                spec,
                "-f",
                FOLLOW,
                "Read on as the logs grow, and tell what goes wrong as it happens; Ctrl-C ends it with the report."
                        + " --since 10m is ten minutes ago then, --until 10m in ten minutes.");
        Options.flag(spec, Options.JSON, "One JSON document, schema gatemend.logs/1.");
        Options.flag(spec, CSV, "One table: section, name, measure, value.");
        Options.flag(spec, HTML, "One page with charts that needs nothing else.");
        Options.flag(spec, COUNT, "Only the number of failures (5xx), or of what --status names.");
        Options.value(spec, OUT, "FILE", "Write it there instead of to standard output.");
        Options.flag(spec, NewFile.FORCE, "Replace FILE if it is there.");
        Discretion.declare(spec, "Show tokens and passwords as they are.");
    }

    /**
     * @throws UsageException that tells everything that makes no sense
     */
    static LogsWords of(ParseResult words) {
        List<String> wrong = new ArrayList<>();
        List<String> shapes = SHAPES.stream().filter(shape -> Options.has(words, shape)).toList();
        if (shapes.size() > 1) {
            wrong.add(Words.list(shapes) + ": one of them");
        }
        if (Options.has(words, FOLLOW)) {
            List<String> whole =
                    shapes.stream().filter(shape -> !shape.equals(Options.JSON)).toList();
            if (!whole.isEmpty()) {
                wrong.add(
                        "--follow and %s: what is followed is told as text or with --json"
                                .formatted(Words.list(whole)));
            }
        }
        String out = Options.text(words, OUT, "");
        List<String> names = words.matchedPositionalValue(0, List.of());
        LogsWords meant =
                new LogsWords(
                        names,
                        formats(words, names, wrong),
                        moment(words, SINCE, wrong),
                        moment(words, UNTIL, wrong),
                        statuses(Options.text(words, STATUS, ""), wrong),
                        Options.texts(words, SITE).stream()
                                .map(site -> site.toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet()),
                        Set.copyOf(Options.texts(words, PEER)),
                        attempt(wrong, () -> LookOptions.givenZone(words)));
        if (!out.isEmpty()) {
            attempt(wrong, () -> checked(out, Options.has(words, NewFile.FORCE)));
        }
        if (!wrong.isEmpty()) {
            throw new UsageException(String.join("; ", wrong));
        }
        return meant;
    }

    private static Optional<Path> checked(String out, boolean replace) {
        Path file = LookOptions.path(out);
        NewFile.check(file, replace);
        return Optional.of(file);
    }

    /** One of the things that can be wrong; the others are looked at all the same. */
    @FunctionalInterface
    private interface Attempt<T> {
        Optional<T> get();
    }

    private static <T> Optional<T> attempt(List<String> wrong, Attempt<T> attempt) {
        try {
            return attempt.get();
        } catch (UsageException e) {
            wrong.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static List<LogFormat> formats(
            ParseResult words, List<String> names, List<String> wrong) {
        String config = Options.text(words, CONFIG, "");
        Optional<Path> file =
                config.isEmpty()
                        ? Optional.empty()
                        : attempt(wrong, () -> Optional.of(LookOptions.regular(config)));
        if (!config.isEmpty() && file.isEmpty()) {
            return List.of();
        }
        return attempt(
                        wrong,
                        () ->
                                Optional.of(
                                        LogFormats.of(
                                                Options.text(words, FORMAT, ""), file, names)))
                .orElse(List.of());
    }

    private static Optional<LogMoment> moment(
            ParseResult words, String option, List<String> wrong) {
        String text = Options.text(words, option, "");
        Optional<LogMoment> moment = LogMoment.of(text);
        if (!text.isEmpty() && moment.isEmpty()) {
            wrong.add("%s %s: write it as in %s".formatted(option, text, LogMoment.FORMS));
        }
        return moment;
    }

    private static Set<Integer> statuses(String text, List<String> wrong) {
        Set<Integer> statuses = new TreeSet<>();
        for (String one : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            String status = one.strip().toLowerCase(Locale.ROOT);
            if (!ONE_STATUS.matcher(status).matches()) {
                wrong.add(
                        "%s %s: '%s' is no status; write it as in 502 or 502,503 or 5xx"
                                .formatted(STATUS, text, status));
            } else if (status.endsWith("xx")) {
                int first = Integer.parseInt(status.substring(0, 1)) * 100;
                IntStream.range(first, first + 100).forEach(statuses::add);
            } else {
                statuses.add(Integer.valueOf(status));
            }
        }
        return statuses;
    }
}
