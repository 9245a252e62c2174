package dev.gatemend.cli;

import dev.gatemend.host.given.GivenReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code gatemend diagnose}: looks at a host and says what is wrong, why, and what to type. */
final class DiagnoseCommand implements Command {
    private static final String MARKDOWN = "--markdown";
    private static final String BUNDLE = "--bundle";
    private static final String FROM = "--from";

    @Override
    public String name() {
        return "diagnose";
    }

    @Override
    public String summary() {
        return "Look at this host and say who makes its gateway errors, why, and what to do.";
    }

    @Override
    public void declare(CommandSpec spec) {
        LookOptions.addWhich(spec);
        LookOptions.addWhen(spec);
        Options.flag(spec, Options.JSON, "One JSON document, schema gatemend.diagnosis/1.");
        Options.flag(spec, MARKDOWN, "Markdown, to paste into a ticket.");
        Discretion.declare(spec, "Show cookies, tokens and passwords as they are.");
        Options.value(
                spec,
                BUNDLE,
                "FILE",
                "Look at what gatemend bundle wrote, and at nothing else; - for standard input.");
        Options.values(
                spec,
                FROM,
                "FILE",
                "Look at this text of any kind and at nothing else: logs, excerpts of a configuration, systemctl"
                        + " status, prose in between; - for standard input. May be given several times.");
    }

    @Override
    public int run(ParseResult words, Screen screen) throws InterruptedException {
        if (Options.has(words, Options.JSON) && Options.has(words, MARKDOWN)) {
            throw new UsageException(Options.JSON + " and " + MARKDOWN + ": one of them");
        }
        Examination examination = examine(words);
        Report report = examination.report();
        screen.out().print(render(words, screen, report));
        if (report.nothingToJudge() && Options.has(words, Options.JSON)) {
            screen.err().println("gatemend: " + TextReport.healthy(report));
        }
        if (screen.debug()) {
            writeTimes(screen, examination);
        }
        return report.exitCode();
    }

    private static Examination examine(ParseResult words) throws InterruptedException {
        Discretion discretion = Discretion.of(words);
        if (Options.has(words, FROM)) {
            return examineGiven(words, discretion);
        }
        if (Options.has(words, BUNDLE)) {
            LookOptions.refuseAll(words, BUNDLE + " looks at nothing else");
            return Examination.of(BundleFile.read(Options.text(words, BUNDLE, "-"), discretion));
        }
        return Examination.of(LookOptions.request(words, Instant.now()), discretion);
    }

    private static Examination examineGiven(ParseResult words, Discretion discretion) {
        if (Options.has(words, BUNDLE)) {
            throw new UsageException(FROM + " and " + BUNDLE + ": one of them");
        }
        LookOptions.refuseHosts(words, FROM + " looks at nothing else");
        return Examination.of(
                discretion.of(
                        GivenReader.read(
                                GivenFiles.read(Options.texts(words, FROM)),
                                new GivenReader.Question(
                                        LookOptions.givenZone(words),
                                        LookOptions.length(words),
                                        Instant.now()))));
    }

    private static String render(ParseResult words, Screen screen, Report report) {
        UnaryOperator<String> redaction = Discretion.of(words)::of;
        if (Options.has(words, Options.JSON)) {
            return Rendering.json(report, redaction);
        }
        if (Options.has(words, MARKDOWN)) {
            return Rendering.markdown(report, redaction);
        }
        return Rendering.text(report, screen.columns(), new Ink(screen.colour()), redaction);
    }

    /** Observers of a stage run side by side, so their times add up to more than the whole. */
    private static void writeTimes(Screen screen, Examination examination) {
        screen.err().println("where the time went (observers run side by side)");
        examination.looking().forEach((observer, took) -> writeTime(screen, observer, took));
        writeTime(screen, "judging", examination.judging());
        writeTime(screen, "all of it", examination.report().took());
        long usedKilobytes =
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 10;
        screen.err().printf(Locale.ROOT, "  %-16s %,9d kB heap%n", "memory", usedKilobytes);
    }

    private static void writeTime(Screen screen, String name, Duration took) {
        screen.err().printf(Locale.ROOT, "  %-16s %,9d ms%n", name, took.toMillis());
    }
}
