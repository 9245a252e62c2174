package dev.gatemend.cli;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One problem on the page: headline, causes with their proof, what it is not, what to do. */
final class TextProblem {
    /** Below this a cause is not worth a line; the JSON has it. */
    private static final double WORTH_A_LINE = 0.03;

    /** From here on a cause that is not the first still gets its remedies shown. */
    private static final double WORTH_A_REMEDY = 0.2;

    private static final int SHOWN_RULED_OUT = 6;

    private static final int LABEL = 14;
    private static final int WIDEST_SOURCE = 14;

    private final Diagnosis problem;
    private final Report report;
    private final Page page;
    private final Ink ink;

    TextProblem(Diagnosis problem, Report report, Page page, Ink ink) {
        this.problem = problem;
        this.report = report;
        this.page = page;
        this.ink = ink;
    }

    void write() {
        page.headline(Headline.of(problem.symptom(), report.zone(), report.at()), ink::red);
        writeDoubts();
        writeSeen();
        for (Finding finding : shown()) {
            page.blank();
            writeFinding(finding);
            if (finding.equals(problem.findings().getFirst())) {
                writeRuledOut();
            }
        }
        if (problem.findings().isEmpty()) {
            writeRuledOut();
        }
        writeUnknown();
        writeRemedies();
        writeNext();
    }

    private List<Finding> shown() {
        return problem.findings().stream().filter(f -> f.probability() >= WORTH_A_LINE).toList();
    }

    private void writeDoubts() {
        if (problem.verdict().isEmpty()) {
            page.wrapped(
                    "  ",
                    2,
                    "the cause is not known yet: what was seen singles none out",
                    ink::bold);
        }
        if (problem.provisional()) {
            page.wrapped("  ", 2, "provisional: a longer look may change this", ink::bold);
        }
    }

    private void writeFinding(Finding finding) {
        page.withMargin(2, finding.title(), Words.percent(finding.probability()), ink::bold);
        write(finding.evidence());
    }

    private void writeSeen() {
        if (!problem.seen().isEmpty()) {
            page.blank();
            write(problem.seen());
        }
    }

    private void write(List<Evidence> evidence) {
        int source =
                Math.min(
                        WIDEST_SOURCE,
                        evidence.stream().mapToInt(e -> e.source().length()).max().orElse(0));
        evidence.forEach(e -> writeEvidence(e, 6 + source));
    }

    /** The place stands at the right margin of the last line when there is room, else below. */
    private void writeEvidence(Evidence evidence, int indent) {
        String label = "    " + evidence.source() + "  ";
        String lead = label + " ".repeat(Math.max(0, indent - label.length()));
        List<String> lines =
                Words.wrap(stance(evidence) + evidence.text(), page.columns() - lead.length());
        String where = evidence.where().orElse("");
        for (String line : lines.subList(0, lines.size() - 1)) {
            page.line(lead + line);
            lead = " ".repeat(lead.length());
        }
        String last = lead + lines.getLast();
        if (last.length() + 2 + where.length() <= page.columns()) {
            page.line(page.rightAligned(last, where, ink::dim));
        } else {
            page.line(last);
            writeWhere(where, indent);
        }
    }

    private void writeWhere(String where, int indent) {
        if (where.length() <= page.columns() - indent) {
            page.line(page.rightAligned("", where, ink::dim));
        } else {
            page.wrapped("", indent, where, ink::dim);
        }
    }

    private static String stance(Evidence evidence) {
        return switch (evidence.kind()) {
            case FOR -> "";
            case AGAINST -> "against: ";
            case MISSING -> "not seen: ";
        };
    }

    private void writeRuledOut() {
        if (problem.ruledOut().isEmpty()) {
            return;
        }
        String not =
                problem.ruledOut().stream()
                        .limit(SHOWN_RULED_OUT)
                        .map(r -> r.cause() + " (" + r.because() + ")")
                        .collect(Collectors.joining(", "));
        int more = problem.ruledOut().size() - SHOWN_RULED_OUT;
        page.wrapped("  not:", 7, more > 0 ? not + " and " + more + " more" : not, line -> line);
    }

    private void writeUnknown() {
        if (problem.unknown() >= WORTH_A_LINE && !problem.findings().isEmpty()) {
            page.blank();
            page.withMargin(
                    2,
                    "something else, or not enough seen",
                    Words.percent(problem.unknown()),
                    ink::dim);
        }
    }

    private void writeRemedies() {
        for (Finding finding : problem.findings()) {
            boolean first = finding.equals(problem.findings().getFirst());
            if (finding.remedies().isEmpty() || finding.probability() < WORTH_A_REMEDY) {
                continue;
            }
            page.blank();
            if (!first || problem.verdict().isEmpty()) {
                page.wrapped("  ", 2, "if it is " + finding.cause() + ":", ink::bold);
            }
            writeRemedies(finding, "now", Remedy::now);
            writeRemedies(finding, "to stay", r -> !r.now());
            if (!finding.wontHelp().isEmpty()) {
                label("won't help", String.join("; ", finding.wontHelp()));
            }
            label("more", "gatemend explain " + finding.cause());
        }
    }

    private void writeRemedies(Finding finding, String label, Predicate<Remedy> wanted) {
        String next = label;
        for (Remedy remedy : finding.remedies().stream().filter(wanted).toList()) {
            writeRemedy(next, remedy);
            next = "or";
        }
    }

    private void writeRemedy(String label, Remedy remedy) {
        List<Remedy.Step> commands =
                remedy.steps().stream().filter(s -> !s.command().isEmpty()).toList();
        if (commands.isEmpty()) {
            label(label, inWords(remedy));
            return;
        }
        String next = label;
        for (Remedy.Step step : remedy.steps()) {
            if (step.command().isEmpty()) {
                label(next, step.explanation());
            } else {
                command(next, step.command());
                comment(explanation(remedy, step, commands));
            }
            next = "";
        }
    }

    /** A remedy that no command can do. */
    private static String inWords(Remedy remedy) {
        String steps =
                remedy.steps().stream()
                        .map(Remedy.Step::explanation)
                        .filter(words -> !words.isEmpty() && !words.equals(remedy.title()))
                        .collect(Collectors.joining("; "));
        return remedy.title() + (steps.isEmpty() ? "" : ": " + steps) + risk(remedy);
    }

    private static String explanation(Remedy remedy, Remedy.Step step, List<Remedy.Step> commands) {
        String words =
                Optional.of(step.explanation()).filter(e -> !e.isEmpty()).orElse(remedy.title());
        return step.equals(commands.getLast()) ? words + risk(remedy) : words;
    }

    private static String risk(Remedy remedy) {
        return switch (remedy.risk()) {
            case LOW -> "";
            case MEDIUM -> " (some risk)";
            case HIGH -> " (risky)";
        };
    }

    private void writeNext() {
        String label = "look next";
        if (!problem.next().isEmpty()) {
            page.blank();
        }
        for (Diagnosis.NextStep step : problem.next()) {
            command(label, step.command());
            comment(step.why());
            label = "";
        }
    }

    private void label(String label, String words) {
        page.wrapped("  " + label, LABEL, words, line -> line);
    }

    /** A command stays on one line whatever the width: it is there to be copied. */
    private void command(String label, String command) {
        String lead = "  " + label;
        page.line(lead + " ".repeat(LABEL - lead.length()) + ink.cyan(command));
    }

    /** Written as the shell's comment, so that copying a line too many does no harm. */
    private void comment(String words) {
        for (String line : Words.wrap(words, page.columns() - LABEL - 2)) {
            page.line(" ".repeat(LABEL) + ink.dim("# " + line));
        }
    }
}
