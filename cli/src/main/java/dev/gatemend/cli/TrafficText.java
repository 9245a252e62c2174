package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.FileRead;
import dev.gatemend.nginx.traffic.TrafficReport.Sample;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What logs tell, for a person at a terminal: the verdict first, then when, where and by whom, then
 * lines to look at, then what the numbers rest on. Nothing empty is printed. The report's texts
 * must have been made printable.
 */
final class TrafficText {
    private static final int COLUMN = "  statuses  ".length();

    /** Rotated sets are long; what is wrong with a file is told of each. */
    private static final int SHOWN_FILES = 8;

    /** Screen lines of a sample: a request and its upstream fields fit. */
    private static final int SAMPLE_LINES = 4;

    private final TrafficReport report;
    private final TrafficClock clock;
    private final Page page;
    private final Ink ink;

    private TrafficText(TrafficReport report, ZoneId zone, int columns, Ink ink) {
        this.report = report;
        this.clock = new TrafficClock(report, zone);
        this.page = new Page(columns);
        this.ink = ink;
    }

    /**
     * @param zone in which times are shown
     */
    static String of(TrafficReport report, ZoneId zone, int columns, Ink ink) {
        TrafficText text = new TrafficText(report, zone, columns, ink);
        text.write();
        return text.page.toString();
    }

    private void write() {
        boolean trouble = TrafficHeadline.isTrouble(report);
        page.headline(TrafficHeadline.of(report), style(trouble));
        if (trouble) {
            writeTimes();
            new TimeGraph(report, clock, page, ink).write();
            new TrafficTables(report, page, ink).write();
            writeSamples();
            writeSentences("approximate", report.approximate());
        } else {
            clock.all().ifPresent(all -> page.wrapped("  logs", COLUMN, all, line -> line));
        }
        writeFiles(trouble);
        writeSentences("notes", report.notes());
    }

    private UnaryOperator<String> style(boolean trouble) {
        if (trouble) {
            return ink::red;
        }
        return TrafficHeadline.isAllWell(report) ? ink::green : ink::bold;
    }

    private void writeTimes() {
        if (report.totals().requests() == 0) {
            return;
        }
        page.blank();
        TrafficHeadline.failing(report)
                .ifPresent(
                        ends ->
                                row(
                                        "failed",
                                        clock.stretch(ends.getFirst().from(), ends.getLast().from())
                                                + ", to the "
                                                + Words.length(report.timeline().step())));
        clock.all().ifPresent(all -> row("logs", all));
        if (!report.totals().statuses().isEmpty()) {
            row("statuses", TrafficWords.statuses(report.totals().statuses()));
        }
    }

    private void row(String name, String body) {
        page.wrapped("  " + name, COLUMN, body, line -> line);
    }

    private void writeSamples() {
        Map<String, List<Sample>> byKind =
                report.samples().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Sample::what, LinkedHashMap::new, Collectors.toList()));
        byKind.forEach(
                (what, samples) -> {
                    page.blank();
                    page.line(ink.bold("lines: " + what));
                    samples.forEach(this::writeSample);
                });
    }

    private void writeSample(Sample sample) {
        page.line("  " + ink.cyan(sample.where()));
        int width = page.columns() - 4;
        String text = TrafficWords.cut(sample.text(), SAMPLE_LINES * width);
        page.wrapped("    ", 4, text, line -> line);
    }

    /** Where all is well, only files with something to tell. */
    private void writeFiles(boolean all) {
        List<FileRead> told =
                report.files().stream().filter(file -> all || !remarks(file).isEmpty()).toList();
        if (told.isEmpty()) {
            return;
        }
        page.blank();
        page.line(ink.bold("files"));
        for (FileRead file : told.stream().limit(SHOWN_FILES).toList()) {
            page.wrapped("  ", 2, file.name() + ": " + about(file), line -> line);
            remarks(file).forEach(remark -> page.wrapped("    ", 4, remark, ink::red));
        }
        List<FileRead> rest = told.stream().skip(SHOWN_FILES).toList();
        if (!rest.isEmpty()) {
            page.line(
                    "  and %s more, %s"
                            .formatted(
                                    Words.count(rest.size(), "file"),
                                    TrafficWords.bytes(
                                            rest.stream().mapToLong(FileRead::bytes).sum())));
        }
    }

    static String about(FileRead file) {
        return "%s, %s, %s%s"
                .formatted(
                        switch (file.kind()) {
                            case ACCESS -> "access log";
                            case ERROR -> "error log";
                            case FOREIGN -> "not a log of nginx";
                        },
                        TrafficWords.bytes(file.bytes()),
                        Words.count(file.lines(), "line"),
                        file.format().map(format -> ", format " + format).orElse(""));
    }

    /** What is wrong with a file, or its reading. */
    static List<String> remarks(FileRead file) {
        List<String> remarks = new ArrayList<>();
        file.problem().ifPresent(remarks::add);
        if (file.unparsed() > 0) {
            remarks.add(
                    "%s, %s of them, %s no format"
                            .formatted(
                                    Words.count(file.unparsed(), "line"),
                                    TrafficWords.percent(file.unparsed(), file.lines()),
                                    file.unparsed() == 1 ? "fits" : "fit"));
        }
        if (file.disordered() > 0) {
            remarks.add(
                    Words.count(file.disordered(), "line")
                            + " with an earlier time than the line before");
        }
        return remarks;
    }

    private void writeSentences(String title, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        page.blank();
        page.line(ink.bold(title));
        sentences.forEach(sentence -> page.wrapped("  ", 4, sentence, line -> line));
    }
}
