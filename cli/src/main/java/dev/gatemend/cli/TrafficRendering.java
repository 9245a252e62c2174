package dev.gatemend.cli;

import dev.gatemend.model.Printable;
import dev.gatemend.nginx.traffic.TrafficReport;
import java.time.ZoneId;
import java.util.function.UnaryOperator;

/** What logs tell in each of its shapes; the only way from such a report to a reader. */
final class TrafficRendering {
    private TrafficRendering() {}

    /**
     * @param zone in which times are shown
     * @param redaction takes secrets out, or nothing
     */
    static String text(
            TrafficReport report,
            ZoneId zone,
            int columns,
            Ink ink,
            UnaryOperator<String> redaction) {
        return TrafficText.of(printable(report, redaction), zone, columns, ink);
    }

    static String csv(TrafficReport report, UnaryOperator<String> redaction) {
        return TrafficCsv.of(printable(report, redaction));
    }

    static String html(TrafficReport report, ZoneId zone, UnaryOperator<String> redaction) {
        return TrafficHtml.of(printable(report, redaction), zone);
    }

    /** JSON has escapes of its own for what is not printable. */
    static String json(TrafficReport report, UnaryOperator<String> redaction) {
        return TrafficJson.of(TrafficRewriting.of(report, redaction));
    }

    /** The same document on one line, behind others. */
    static String jsonLine(TrafficReport report, UnaryOperator<String> redaction) {
        return TrafficJson.onOneLine(TrafficRewriting.of(report, redaction));
    }

    private static TrafficReport printable(TrafficReport report, UnaryOperator<String> redaction) {
        return TrafficRewriting.of(report, text -> Printable.oneLine(redaction.apply(text)));
    }
}
