package dev.gatemend.cli;

import static java.util.stream.Collectors.joining;

import dev.gatemend.lab.Aftermath;
import dev.gatemend.lab.BenchMachine;
import dev.gatemend.lab.Comparison;
import dev.gatemend.lab.ComparisonRun;
import dev.gatemend.lab.Watcher;
import dev.gatemend.model.Printable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What became of the same faults under each watcher as a page in Markdown. */
final class ComparisonPage {
    private final ComparisonReport report;
    private final StringBuilder text = new StringBuilder();

    private ComparisonPage(ComparisonReport report) {
        this.report = report;
    }

    /**
     * The whole page.
     *
     * @param at when it was played
     */
    static String of(ComparisonReport report, Instant at) {
        ComparisonPage page = new ComparisonPage(report);
        page.begin(at);
        page.totals();
        page.faults(true, "## Faults that a restart mends");
        page.faults(false, "## Faults that no restart mends");
        page.notPlayed();
        return page.text.toString();
    }

    private void begin(Instant at) {
        BenchMachine machine = report.machine();
        paragraph("# The same faults under those who only restart");
        paragraph(
                """
                Faults of [the bench](bench.md), each made for real three times, on hosts of their own on which systemd is PID 1: once
                with nobody watching, once with `Restart=always` in each unit concerned, once with Monit. `gatemend lab compare -o FILE`
                wrote this page and writes yours. Nothing is diagnosed here: Gatemend tells what is wrong and restarts nothing.""");
        paragraph(
                "Played at %s with gatemend %s on %s, %s; %s."
                        .formatted(
                                BenchPage.minute(at),
                                ProgramVersion.number(),
                                Words.count(machine.cores(), "core"),
                                machine.kernel(),
                                String.join(", ", machine.nginx())));
        paragraph(
                """
                * **Outage**: a client asks through nginx five times a second. From its first request that fails to the first of five
                  seconds in which all succeed; followed for %d seconds.
                * **nobody**: the units as they are, with the `Restart=` that some have themselves.
                * **Restart=always**: a drop-in with that line, for nginx and the application's units, and nothing else.
                * **Monit**: Debian's, with a cycle of two seconds and a `check process` for each of those units, which systemd starts and
                  stops. Where a unit listens, `if failed host ... port ...` (or `unixsocket`) `protocol http then restart`. nginx is
                  asked on port 80 for a site that stays well, so it is not restarted for what an application behind it does. Monit is
                  held while a fault is being made, so that it meets the fault and not its making.
                * **Restarted**: by systemd's own word, what became active again after the fault was made, and systemd's own automatic
                  restarts. *right* when a restart of that unit mends this fault, *wrong* when it does not."""
                        .formatted(ComparisonRun.BOUND.toSeconds()));
    }

    private void totals() {
        paragraph("## In all");
        row(
                "watched by",
                "faults",
                "healed",
                "restarted right",
                "wrong",
                "nothing",
                "median outage");
        row("---", "--:", "--:", "--:", "--:", "--:", "--:");
        totals(true, "a restart mends");
        totals(false, "no restart mends");
        text.append('\n');
        paragraph(
                """
                Both are made for what has ended, and bring it back sooner than anybody reads a report; Monit starts what was stopped
                and what hangs again as well. What is wrong in a file, a configuration or a permission stays wrong however often
                something is restarted: that takes somebody who knows what is wrong.""");
    }

    private void totals(boolean mended, String what) {
        List<Comparison> some = report.mendedByRestarting(mended);
        for (Watcher watcher : Watcher.values()) {
            ComparisonReport.Totals totals = ComparisonReport.Totals.of(some, watcher);
            row(
                    "%s, faults that %s".formatted(name(watcher), what),
                    Integer.toString(some.size()),
                    Integer.toString(totals.healed()),
                    Integer.toString(totals.right()),
                    Integer.toString(totals.wrong()),
                    Integer.toString(totals.nothing()),
                    some.isEmpty() ? "" : ComparisonReport.seconds(totals.median()));
        }
    }

    private void faults(boolean mended, String heading) {
        List<Comparison> some = report.mendedByRestarting(mended);
        if (some.isEmpty()) {
            return;
        }
        paragraph(heading);
        row(
                Stream.concat(
                                Stream.of(mended ? "fault, and what to restart" : "fault"),
                                Arrays.stream(Watcher.values()).map(ComparisonPage::name))
                        .toArray(String[]::new));
        row("---", "---", "---", "---");
        some.forEach(this::fault);
        text.append('\n');
    }

    private void fault(Comparison comparison) {
        String id = "`" + comparison.scenario().id() + "`";
        String mending =
                comparison.mendedByRestarting()
                        ? ": " + units(comparison.scenario().restart().orElseThrow())
                        : "";
        row(
                Stream.concat(
                                Stream.of(id + mending),
                                comparison.aftermaths().stream().map(ComparisonPage::cell))
                        .toArray(String[]::new));
    }

    private static String units(List<String> units) {
        return units.stream().map(unit -> "`" + unit + "`").collect(joining(", "));
    }

    private static String cell(Aftermath aftermath) {
        return "%s; %s"
                .formatted(
                        ComparisonReport.seconds(aftermath.outage()),
                        ComparisonReport.restarted(aftermath));
    }

    private static String name(Watcher watcher) {
        return watcher == Watcher.RESTART_ALWAYS ? "`" + watcher + "`" : watcher.toString();
    }

    private void notPlayed() {
        if (report.notPlayed().isEmpty()) {
            return;
        }
        paragraph("## What was not played");
        for (BenchReport.NotPlayed other : report.notPlayed()) {
            text.append("* `").append(other.id()).append("`: ");
            text.append(MarkdownReport.escaped(Printable.oneLine(other.why()))).append('\n');
        }
    }

    private void paragraph(String words) {
        text.append(words).append("\n\n");
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
