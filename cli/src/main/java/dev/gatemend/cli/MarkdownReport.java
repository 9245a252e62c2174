package dev.gatemend.cli;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Remedy;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report to paste into a ticket. What came from outside is escaped: it can neither become a link,
 * an image or HTML, nor leave its code block. Its texts must have been made printable.
 */
final class MarkdownReport {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]<>()#+!|~&$@-]");
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    private MarkdownReport(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        MarkdownReport markdown = new MarkdownReport(report);
        markdown.write();
        return markdown.text.toString();
    }

    private void write() {
        if (report.problems().isEmpty()) {
            paragraph(escaped(TextReport.healthy(report)));
        }
        report.problems().forEach(this::write);
        if (!report.couldNotLook().isEmpty()) {
            paragraph("**Could not look**");
            report.couldNotLook().forEach(c -> item(escaped(c.source()) + ": " + escaped(c.why())));
            text.append('\n');
        }
        paragraph(
                "_gatemend "
                        + ProgramVersion.number()
                        + " on "
                        + escaped(report.host())
                        + ", "
                        + Json.time(report.at())
                        + "_");
    }

    private void write(Diagnosis problem) {
        paragraph("## " + escaped(Headline.of(problem.symptom(), report.zone(), report.at())));
        if (problem.verdict().isEmpty()) {
            paragraph("The cause is not known yet: what was seen singles none out.");
        }
        if (problem.provisional()) {
            paragraph("Provisional: a longer look may change this.");
        }
        problem.findings().forEach(this::write);
        if (!problem.ruledOut().isEmpty()) {
            paragraph("**Not**");
            problem.ruledOut().forEach(r -> item(code(r.cause()) + ": " + escaped(r.because())));
            text.append('\n');
        }
        if (!problem.next().isEmpty()) {
            paragraph("**Look next**");
            problem.next().forEach(n -> command(n.why(), n.command()));
        }
    }

    private void write(Finding finding) {
        paragraph(
                "### %s (%s, %s)"
                        .formatted(
                                escaped(finding.title()),
                                Words.percent(finding.probability()),
                                code(finding.cause())));
        paragraph(escaped(finding.explanation()));
        finding.evidence().forEach(this::write);
        text.append('\n');
        remedies("**Now**", finding.remedies().stream().filter(Remedy::now).toList());
        remedies("**To stay**", finding.remedies().stream().filter(r -> !r.now()).toList());
        if (!finding.wontHelp().isEmpty()) {
            paragraph("**Won't help**");
            finding.wontHelp().forEach(w -> item(escaped(w)));
            text.append('\n');
        }
    }

    private void write(Evidence evidence) {
        String stance =
                switch (evidence.kind()) {
                    case FOR -> "";
                    case AGAINST -> "against: ";
                    case MISSING -> "not seen: ";
                };
        String where = evidence.where().map(w -> " (" + code(w) + ")").orElse("");
        item("**" + escaped(evidence.source()) + "** " + stance + escaped(evidence.text()) + where);
    }

    private void remedies(String title, List<Remedy> remedies) {
        if (remedies.isEmpty()) {
            return;
        }
        paragraph(title);
        for (Remedy remedy : remedies) {
            paragraph(escaped(remedy.title()));
            for (Remedy.Step step : remedy.steps()) {
                command(step.explanation(), step.command());
            }
        }
    }

    private void command(String words, String command) {
        if (!words.isEmpty()) {
            paragraph(escaped(words));
        }
        if (!command.isEmpty()) {
            String fence = "`".repeat(Math.max(3, longestBackticks(command) + 1));
            paragraph(fence + "sh\n" + command + "\n" + fence);
        }
    }

    private void paragraph(String words) {
        text.append(words).append("\n\n");
    }

    private void item(String words) {
        text.append("- ").append(words).append('\n');
    }

    static String escaped(String words) {
        return SPECIAL.matcher(words).replaceAll("\\\\$0");
    }

    private static String code(String words) {
        String fence = "`".repeat(longestBackticks(words) + 1);
        String pad = words.startsWith("`") || words.endsWith("`") ? " " : "";
        return fence + pad + words + pad + fence;
    }

    private static int longestBackticks(String words) {
        Matcher matcher = BACKTICKS.matcher(words);
        int longest = 0;
        while (matcher.find()) {
            longest = Math.max(longest, matcher.group().length());
        }
        return longest;
    }
}
