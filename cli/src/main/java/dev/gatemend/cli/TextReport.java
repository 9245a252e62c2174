package dev.gatemend.cli;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.Diagnosis;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A report for a person at a terminal: the verdict first, then the proof, then what to type. Its
 * texts must have been made printable.
 */
final class TextReport {
    /** More than a screen or two is not read at three in the morning; the rest is one line each. */
    private static final int SHOWN_IN_FULL = 5;

    private static final int SHOWN_COULD_NOT_LOOK = 12;

    private final Report report;
    private final Page page;
    private final Ink ink;

    private TextReport(Report report, int columns, Ink ink) {
        this.report = report;
        this.page = new Page(columns);
        this.ink = ink;
    }

    static String of(Report report, int columns, Ink ink) {
        TextReport text = new TextReport(report, columns, ink);
        text.write();
        return text.page.toString();
    }

    private void write() {
        if (report.problems().isEmpty()) {
            boolean fine = !report.nothingToJudge() && !report.onlyAskedFailed();
            page.headline(healthy(report), fine ? ink::green : ink::bold);
        }
        writeAsked();
        List<Diagnosis> full = report.problems().stream().limit(SHOWN_IN_FULL).toList();
        for (Diagnosis problem : full) {
            page.blank();
            new TextProblem(problem, report, page, ink).write();
        }
        writeOthers(report.problems().stream().skip(SHOWN_IN_FULL).toList());
        writeCouldNotLook();
    }

    /** The one line of a host with nothing wrong; it says what it was that was looked at. */
    static String healthy(Report report) {
        if (report.ofText()) {
            return ofText(report);
        }
        if (report.nginx().isEmpty()) {
            return "nothing to look at: no nginx is running or installed here (--config and --nginx say where one is)";
        }
        if (report.nginx().stream().noneMatch(Report.Nginx::running)) {
            return "nothing wrong: nginx is installed but not running, and nothing here says it should";
        }
        if (report.unread()) {
            return "cannot tell: nginx is running, but no configuration of it could be read";
        }
        if (report.onlyAskedFailed()) {
            return "the cause is not known: what was asked for failed, and nothing seen here says why";
        }
        Report.Health health = report.health();
        String within =
                " in the last "
                        + Words.length(
                                Duration.between(report.window().from(), report.window().to()));
        String requests =
                health.requests().isPresent()
                        ? Words.count(health.requests().getAsLong(), "request") + within
                        : "requests not counted, as no access log could be read";
        return "%s: %s, %s, %s, no gateway error"
                .formatted(
                        report.couldNotLook().isEmpty() ? "nothing wrong" : "nothing wrong seen",
                        Words.count(health.sites(), "site"),
                        Words.count(health.upstreams(), "upstream"),
                        requests);
    }

    private static String ofText(Report report) {
        return report.nothingToJudge()
                ? "nothing to judge: nothing in the text tells of gateway trouble; what nginx itself says of it stands in its"
                        + " error log (sudo tail -n 50 /var/log/nginx/error.log)"
                : "nothing wrong in the text: %s, no gateway error"
                        .formatted(Words.count(report.health().requests().orElse(0), "request"));
    }

    private void writeAsked() {
        for (Report.Asked asked : report.asked()) {
            page.wrapped("asked", 7, asked.url() + ": " + asked.said(), line -> line);
        }
    }

    private void writeOthers(List<Diagnosis> others) {
        if (others.isEmpty()) {
            return;
        }
        page.blank();
        page.line(
                ink.bold(
                        "and "
                                + Words.count(others.size(), "lesser problem")
                                + " (--json shows them in full)"));
        for (Diagnosis other : others) {
            String verdict = other.verdict().map(f -> ": " + f.title()).orElse("");
            page.wrapped(
                    "  ",
                    4,
                    Headline.of(other.symptom(), report.zone(), report.at()) + verdict,
                    line -> line);
        }
    }

    private void writeCouldNotLook() {
        if (report.couldNotLook().isEmpty()) {
            return;
        }
        page.blank();
        page.line(ink.dim("could not look"));
        Map<String, String> why = new LinkedHashMap<>();
        for (CouldNotLook c : report.couldNotLook()) {
            why.merge(c.source(), c.why(), (a, b) -> a + "; " + b);
        }
        int column = 4 + why.keySet().stream().mapToInt(String::length).max().orElse(0);
        why.entrySet().stream()
                .limit(SHOWN_COULD_NOT_LOOK)
                .forEach(e -> page.wrapped("  " + e.getKey(), column, e.getValue(), line -> line));
        if (why.size() > SHOWN_COULD_NOT_LOOK) {
            page.line(
                    "  and "
                            + why.keySet().stream()
                                    .skip(SHOWN_COULD_NOT_LOOK)
                                    .collect(Collectors.joining(", ")));
        }
    }
}
