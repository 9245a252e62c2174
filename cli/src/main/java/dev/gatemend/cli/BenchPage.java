package dev.gatemend.cli;

import static java.util.stream.Collectors.joining;

import dev.gatemend.lab.BenchMachine;
import dev.gatemend.lab.Calibration;
import dev.gatemend.lab.Outcome;
import dev.gatemend.lab.Score;
import dev.gatemend.model.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What came of the scenarios as a page in Markdown, for people who ask how good it is. */
final class BenchPage {
    private static final double AS_GOOD_AS_CALIBRATED = 0.05;

    private final BenchReport report;
    private final StringBuilder text = new StringBuilder();

    private BenchPage(BenchReport report) {
        this.report = report;
    }

    /**
     * The whole page.
     *
     * @param at when it was played
     * @param plot the name of the image beside it
     */
    static String of(BenchReport report, Instant at, String plot) {
        BenchPage page = new BenchPage(report);
        page.begin(at);
        page.totals();
        page.calibration(plot);
        page.times();
        page.causes();
        page.composed();
        page.wrong();
        return page.text.toString();
    }

    private void begin(Instant at) {
        BenchMachine machine = report.machine();
        paragraph("# How good the diagnosis is");
        paragraph(
                """
                Faults made for real, each diagnosed once by what `gatemend diagnose` runs, which is not told what was done; and
                controls, in which nothing is wrong. `gatemend lab bench -o FILE` wrote this page and writes yours.""");
        paragraph(
                "Played at %s with gatemend %s on %s, %s; %s."
                        .formatted(
                                minute(at),
                                ProgramVersion.number(),
                                Words.count(machine.cores(), "core"),
                                machine.kernel(),
                                String.join(", ", machine.nginx())));
        paragraph(
                """
                What it does not say: how good the diagnosis is on faults that nobody thought of. The scenarios are played with each
                change, so a miss here is a step back or a race. A third of them, chosen by a hash of the id, is set apart: no cause
                is tuned by those from now on. Those that are older than this rule were seen by whoever wrote the causes.""");
        paragraph(
                """
                What becomes of some of these faults under Monit and under `Restart=always`, which restart instead of telling what is
                wrong: [the same faults under those who only restart](bench-others.md).""");
    }

    /** When it was played, as exactly as anybody needs it. */
    static String minute(Instant at) {
        return Json.time(at).replaceFirst(":\\d\\d\\.\\d+Z", "Z");
    }

    private void totals() {
        paragraph("## In all");
        row(
                "",
                "faults",
                "named first",
                "all of it right",
                "confidently wrong",
                "controls",
                "false alarms");
        row("---", "--:", "--:", "--:", "--:", "--:", "--:");
        totals("all", report);
        totals("the third set apart", report.onlySetApart(true));
        totals("the others", report.onlySetApart(false));
        text.append('\n');
        paragraph(
                """
                *Named first*: the worst problem's first finding is the true cause and outweighs unknown. *All of it right*: the
                place and the maker of the status too, and nothing else is claimed. *Confidently wrong*: another cause is claimed
                with a probability of %s or more."""
                        .formatted(Score.CONFIDENT));
    }

    private void totals(String name, BenchReport of) {
        Score faults = Score.ofAll(of.scored(), false);
        Score controls = Score.ofAll(of.scored(), true);
        row(
                name,
                Integer.toString(faults.played()),
                share(faults.first(), faults.played()),
                share(faults.right(), faults.played()),
                share(faults.confidentlyWrong(), faults.played()),
                Integer.toString(controls.played()),
                Integer.toString(controls.falseAlarms()));
    }

    private void calibration(String plot) {
        Calibration all = report.calibration();
        paragraph("## Do the probabilities mean what they say?");
        paragraph(
                """
                A claim is the first finding of a problem. It is right when it is the cause that was made; whatever is claimed of a
                control is wrong. A fault that was not seen makes no claim and is counted above. The expected calibration error
                is the distance between how sure the claims of a bin are and how many of them are right, in the mean over all claims.""");
        paragraph(
                "Expected calibration error: **%s** of %s; %s of the third set apart."
                        .formatted(
                                BenchReport.number(all.expectedError()),
                                Words.count(all.claims(), "claim"),
                                BenchReport.number(
                                        report.onlySetApart(true).calibration().expectedError())));
        paragraph(meaning(all));
        row("probability", "claims", "right", "share right", "mean probability");
        row("---", "--:", "--:", "--:", "--:");
        all.bins().forEach(this::bin);
        text.append('\n');
        paragraph("![How sure, and how often right: %s](%s)".formatted(sentence(all), plot));
    }

    private static String sentence(Calibration all) {
        return all.bins().stream()
                .filter(bin -> bin.claims() > 0)
                .map(
                        b ->
                                "%d of %d around %s"
                                        .formatted(
                                                b.right(),
                                                b.claims(),
                                                BenchReport.number(b.sure())))
                .collect(joining(", "));
    }

    /** What the error is made of; a reader takes it for boasting otherwise. */
    private static String meaning(Calibration all) {
        double share = all.claims() == 0 ? 0 : (double) all.right() / all.claims();
        String sure =
                "In the mean claims are given %s and %s of them are right"
                        .formatted(BenchReport.number(all.sure()), BenchReport.number(share));
        if (all.expectedError() <= AS_GOOD_AS_CALIBRATED) {
            return sure + ".";
        }
        return sure
                + (share > all.sure()
                        ? ": they say less than they know."
                        : ": they say more than they know.");
    }

    private void bin(Calibration.Bin bin) {
        boolean none = bin.claims() == 0;
        row(
                String.format(Locale.ROOT, "%.1f to %.1f", bin.from(), bin.to()),
                Integer.toString(bin.claims()),
                Integer.toString(bin.right()),
                none ? "" : BenchReport.number(bin.shareRight()),
                none ? "" : BenchReport.number(bin.sure()));
    }

    private void times() {
        List<Duration> times = report.times();
        paragraph("## Time to diagnosis");
        if (times.isEmpty()) {
            paragraph("Nothing was played.");
            return;
        }
        paragraph(
                """
                Half of the diagnoses took at most **%s**, 95 of 100 at most %s, and the longest %s: from the question to the
                answer, without the start of the program; on hosts with systemd with a start of it, inside."""
                        .formatted(
                                BenchReport.seconds(Score.medianOf(times)),
                                BenchReport.seconds(Score.slowOf(times)),
                                BenchReport.seconds(times.getLast())));
    }

    private void causes() {
        paragraph("## Cause by cause");
        row(
                "cause",
                "faults",
                "named first",
                "all of it right",
                "confidently wrong",
                "median",
                "95 %");
        row("---", "--:", "--:", "--:", "--:", "--:", "--:");
        report.causes()
                .forEach(
                        score ->
                                row(
                                        "`" + score.cause().orElse("") + "`",
                                        Integer.toString(score.played()),
                                        Integer.toString(score.first()),
                                        Integer.toString(score.right()),
                                        Integer.toString(score.confidentlyWrong()),
                                        BenchReport.seconds(score.median()),
                                        BenchReport.seconds(score.slow())));
        text.append('\n');
    }

    private void composed() {
        List<Outcome> composed = report.composed();
        if (composed.isEmpty()) {
            return;
        }
        paragraph("## Composed, and not scored");
        paragraph(
                """
                What not every kernel can do is written down instead, in the words of public reports. Such scenarios are played and
                have to be right; they count in none of the numbers above.""");
        composed.forEach(
                o ->
                        item(
                                o.scenario().id(),
                                "%s: %s"
                                        .formatted(
                                                o.right() ? "right" : "wrong",
                                                o.scenario().composed().orElse(""))));
        text.append('\n');
    }

    private void wrong() {
        List<Outcome> wrong = report.outcomes().stream().filter(o -> !o.right()).toList();
        paragraph("## What was wrong, and what was not played");
        if (wrong.isEmpty() && report.notPlayed().isEmpty()) {
            paragraph("Nothing: all were played, and all were right.");
            return;
        }
        wrong.forEach(o -> item(o.scenario().id(), String.join("; ", o.complaints())));
        report.notPlayed()
                .forEach(o -> item(o.id(), (o.broken() ? "broken: " : "not played: ") + o.why()));
        text.append('\n');
    }

    private void item(String id, String why) {
        text.append("* `")
                .append(id)
                .append("`: ")
                .append(MarkdownReport.escaped(Printable.oneLine(why)))
                .append('\n');
    }

    private void paragraph(String words) {
        text.append(words).append("\n\n");
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String share(int part, int whole) {
        return whole == 0 ? "0" : "%d (%s)".formatted(part, BenchReport.percent(part, whole));
    }
}
