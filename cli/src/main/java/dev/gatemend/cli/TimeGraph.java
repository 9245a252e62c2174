package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.Change;
import dev.gatemend.nginx.traffic.TrafficReport.Slot;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** Requests and failures over time in block characters, and under them where a rate changed. */
final class TimeGraph {
    /** More marks than digits could not be told apart. */
    private static final int MOST_CHANGES = 9;

    private static final int LABEL = "  requests  ".length();
    private static final String BLOCKS = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    private final TrafficReport report;
    private final TrafficClock clock;
    private final Page page;
    private final Ink ink;

    TimeGraph(TrafficReport report, TrafficClock clock, Page page, Ink ink) {
        this.report = report;
        this.clock = clock;
        this.page = page;
        this.ink = ink;
    }

    void write() {
        if (report.timeline().slots().isEmpty()) {
            return;
        }
        TimeColumns time = TimeColumns.of(report.timeline(), page.columns() - LABEL);
        List<Change> changes = report.changes().stream().limit(MOST_CHANGES).toList();
        if (time.columns().size() > 1) {
            page.blank();
            page.line(ink.bold("over time") + heading(time));
            row("requests", time, Slot::requests, line -> line);
            row("failed", time, Slot::failures, ink::red);
            row("saved", time, Slot::hidden, ink::cyan);
            writeMarks(time, changes);
            writeAxis(time);
        }
        writeChanges(changes);
    }

    private static String heading(TimeColumns time) {
        long failures = time.highest(Slot::failures);
        return ": a column is %s, the highest %s%s"
                .formatted(
                        Words.length(time.step()),
                        Words.count(time.highest(Slot::requests), "request"),
                        failures > 0 ? " and " + Words.thousands(failures) + " failed" : "");
    }

    private void row(
            String name,
            TimeColumns time,
            ToLongFunction<Slot> height,
            UnaryOperator<String> style) {
        long highest = time.highest(height);
        if (highest == 0) {
            return;
        }
        StringBuilder blocks = new StringBuilder();
        for (Slot slot : time.columns()) {
            blocks.append(block(height.applyAsLong(slot), highest));
        }
        page.line(label(name) + style.apply(blocks.toString().stripTrailing()));
    }

    /** What is not nothing has a block. */
    private static char block(long value, long highest) {
        int most = BLOCKS.length() - 1;
        return BLOCKS.charAt((int) Math.ceil((double) value * most / highest));
    }

    private static String label(String name) {
        return "  " + name + " ".repeat(LABEL - 2 - name.length());
    }

    private void writeMarks(TimeColumns time, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        char[] marks = new char[time.columns().size()];
        Arrays.fill(marks, ' ');
        for (int i = changes.size() - 1; i >= 0; i--) {
            marks[time.column(changes.get(i))] = (char) ('1' + i);
        }
        page.line(label("changed") + ink.bold(new String(marks).stripTrailing()));
    }

    private void writeAxis(TimeColumns time) {
        String from = clock.at(time.start());
        String to = clock.at(time.end());
        int gap = time.columns().size() - from.length() - to.length();
        String axis = gap > 0 ? from + " ".repeat(gap) + to : from + " to " + to;
        page.line(label("") + ink.dim(axis));
    }

    private void writeChanges(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        page.blank();
        page.line(ink.bold("what changed, and when"));
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            String said = clock.at(change.at()) + "  " + change.text();
            page.wrapped("  " + (i + 1), 5, said, line -> line);
        }
        int more = report.changes().size() - changes.size();
        if (more > 0) {
            page.line("     and " + Words.count(more, "change") + " more (--json has all)");
        }
    }
}
