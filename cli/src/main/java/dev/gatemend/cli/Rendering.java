package dev.gatemend.cli;

import dev.gatemend.model.Printable;
import java.util.function.UnaryOperator;

/** A report in each of its shapes; the only way from a report to a reader. */
final class Rendering {
    private Rendering() {}

    /**
     * @param redaction takes secrets out, or nothing
     */
    static String text(Report report, int columns, Ink ink, UnaryOperator<String> redaction) {
        return TextReport.of(printable(report, redaction), columns, ink);
    }

    static String markdown(Report report, UnaryOperator<String> redaction) {
        return MarkdownReport.of(printable(report, redaction));
    }

    /** JSON has escapes of its own for what is not printable. */
    static String json(Report report, UnaryOperator<String> redaction) {
        return JsonReport.of(Rewriting.of(report, redaction));
    }

    private static Report printable(Report report, UnaryOperator<String> redaction) {
        return Rewriting.of(report, text -> Printable.oneLine(redaction.apply(text)));
    }
}
