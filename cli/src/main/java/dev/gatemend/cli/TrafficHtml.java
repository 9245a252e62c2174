package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.Maker;
import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.FileRead;
import dev.gatemend.nginx.traffic.TrafficReport.Sample;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What logs tell as one page to keep or to send: it needs no other file, asks for nothing, runs no
 * script, and can be printed. The report's texts must have been made printable.
 */
final class TrafficHtml {
    private final TrafficReport report;
    private final TrafficClock clock;
    private final Html html = new Html();

    private TrafficHtml(TrafficReport report, ZoneId zone) {
        this.report = report;
        this.clock = new TrafficClock(report, zone);
    }

    /**
     * @param zone in which times are shown
     */
    static String of(TrafficReport report, ZoneId zone) {
        TrafficHtml page = new TrafficHtml(report, zone);
        page.html.in(
                "html",
                () -> {
                    page.html.in("head", page::writeHead);
                    page.html.in("body", page::writeBody);
                },
                "lang",
                "en");
        return page.html.toString();
    }

    private void writeHead() {
        StyleSheet sheet = StyleSheet.page();
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", sheet.policy());
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.empty("meta", "name", "referrer", "content", "no-referrer");
        html.text("title", TrafficHeadline.of(report));
        html.style(sheet);
    }

    private void writeBody() {
        html.in(
                "header",
                () -> {
                    boolean trouble = TrafficHeadline.isTrouble(report);
                    html.text(
                            "h1",
                            TrafficHeadline.of(report),
                            "class",
                            trouble ? "trouble" : "calm");
                    html.in("dl", this::writeFacts);
                });
        html.in(
                "main",
                () -> {
                    writeMakers();
                    new TimeCharts(report, clock, html).write();
                    new TrafficHtmlTables(report, html).write();
                    writeSamples();
                    writeFiles();
                    writeSentences("Approximate", report.approximate());
                    writeSentences("Notes", report.notes());
                });
        html.text("footer", "gatemend " + ProgramVersion.number() + " logs");
    }

    private void writeFacts() {
        TrafficHeadline.failing(report)
                .ifPresent(
                        ends ->
                                fact(
                                        "failed",
                                        clock.stretch(ends.getFirst().from(), ends.getLast().from())
                                                + ", to the "
                                                + Words.length(report.timeline().step())));
        clock.all().ifPresent(all -> fact("logs", all));
        if (!report.totals().statuses().isEmpty()) {
            fact("statuses", TrafficWords.statuses(report.totals().statuses()));
        }
    }

    private void fact(String name, String value) {
        html.text("dt", name);
        html.text("dd", value);
    }

    private void writeMakers() {
        long total = report.failures().total();
        if (total == 0) {
            return;
        }
        html.in(
                "section",
                () -> {
                    html.text("h2", "Who made the failures");
                    List<Shape.Piece> pieces = new ArrayList<>();
                    double from = 0;
                    for (Maker maker : Maker.values()) {
                        double part = (double) made(maker) / total;
                        if (part > 0) {
                            pieces.add(new Shape.Piece(maker.word(), from, part));
                        }
                        from += part;
                    }
                    Shape.bar(html, TrafficHeadline.of(report), pieces);
                    html.in("ul", () -> legend(total), "class", "legend");
                });
    }

    private long made(Maker maker) {
        return report.failures().byMaker().getOrDefault(maker, 0L);
    }

    private void legend(long total) {
        for (Maker maker : Maker.values()) {
            if (made(maker) > 0) {
                html.text(
                        "li",
                        "%s: %s, %s"
                                .formatted(
                                        TrafficWords.maker(maker),
                                        Words.thousands(made(maker)),
                                        TrafficWords.percent(made(maker), total)),
                        "class",
                        maker.word());
            }
        }
    }

    private void writeSamples() {
        if (report.samples().isEmpty()) {
            return;
        }
        html.in(
                "section",
                () -> {
                    html.text("h2", "Lines to look at");
                    report.samples().forEach(this::write);
                });
    }

    private void write(Sample sample) {
        html.in(
                "figure",
                () -> {
                    html.text("figcaption", sample.what() + ": " + sample.where());
                    html.text("pre", sample.text());
                });
    }

    private void writeFiles() {
        html.in(
                "section",
                () -> {
                    html.text("h2", "Files");
                    html.in("ul", () -> report.files().forEach(this::write));
                });
    }

    private void write(FileRead file) {
        html.in(
                "li",
                () -> {
                    html.text("b", file.name());
                    html.text("span", TrafficText.about(file));
                    TrafficText.remarks(file)
                            .forEach(remark -> html.text("p", remark, "class", "remark"));
                });
    }

    private void writeSentences(String title, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        html.in(
                "section",
                () -> {
                    html.text("h2", title);
                    html.in("ul", () -> sentences.forEach(said -> html.text("li", said)));
                });
    }
}
