package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.Change;
import dev.gatemend.nginx.traffic.TrafficReport.Slot;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Requests, failures by maker and what retries saved, over time, as inline SVG with marks where a
 * rate changed. Places across are percentages, so that the charts fit any width and no letter is
 * stretched.
 */
final class TimeCharts {
    /** About as many as a wide screen shows apart. */
    private static final int COLUMNS = 240;

    private static final int HEIGHT = 96;

    /** Above the columns, for the numbers of the changes. */
    private static final int TOP = 16;

    private final TrafficReport report;
    private final TrafficClock clock;
    private final Html html;

    TimeCharts(TrafficReport report, TrafficClock clock, Html html) {
        this.report = report;
        this.clock = clock;
        this.html = html;
    }

    /** One layer of a stacked column. */
    private record Layer(String style, ToLongFunction<Slot> height) {}

    void write() {
        if (report.timeline().slots().size() < 2) {
            return;
        }
        TimeColumns time = TimeColumns.of(report.timeline(), COLUMNS);
        html.in(
                "section",
                () -> {
                    html.text("h2", "Over time");
                    html.text(
                            "p", "A column is " + Words.length(time.step()) + ".", "class", "note");
                    chart("Requests", time, List.of(new Layer("requests", Slot::requests)));
                    chart(
                            "Failed (5xx)",
                            time,
                            List.of(
                                    new Layer("nginx", Slot::nginx),
                                    new Layer("upstream", Slot::upstream),
                                    new Layer(
                                            "unknown",
                                            s -> s.failures() - s.nginx() - s.upstream())));
                    chart("Saved by a retry", time, List.of(new Layer("saved", Slot::hidden)));
                    writeChanges();
                });
    }

    private void chart(String title, TimeColumns time, List<Layer> layers) {
        ToLongFunction<Slot> whole =
                slot -> layers.stream().mapToLong(l -> l.height().applyAsLong(slot)).sum();
        long highest = time.highest(whole);
        if (highest == 0) {
            return;
        }
        String most = "highest " + Words.thousands(highest);
        html.in(
                "figure",
                () -> {
                    html.text("figcaption", title + ", " + most);
                    html.in(
                            "svg",
                            () -> {
                                columns(time, layers, highest, title);
                                marks(time);
                            },
                            "class",
                            "time",
                            "role",
                            "img",
                            "aria-label",
                            title + " over time, " + most,
                            "width",
                            "100%",
                            "height",
                            Integer.toString(TOP + HEIGHT));
                    axis(time);
                });
    }

    private void columns(TimeColumns time, List<Layer> layers, long highest, String title) {
        double width = 100.0 / time.columns().size();
        for (int i = 0; i < time.columns().size(); i++) {
            Slot slot = time.columns().get(i);
            double top = TOP + HEIGHT;
            for (Layer layer : layers) {
                long value = layer.height().applyAsLong(slot);
                if (value > 0) {
                    double height = Math.max(1, (double) HEIGHT * value / highest);
                    top -= height;
                    column(layer.style(), i * width, top, width, height, said(slot, title, value));
                }
            }
        }
    }

    private String said(Slot slot, String title, long value) {
        return clock.at(slot.from())
                + ": "
                + Words.thousands(value)
                + " "
                + title.toLowerCase(Locale.ROOT);
    }

    private void column(
            String style, double left, double top, double width, double height, String said) {
        html.in(
                "rect",
                () -> html.text("title", said),
                "class",
                style,
                "x",
                Shape.percent(left),
                "y",
                Shape.number(top),
                "width",
                Shape.percent(width * 0.86),
                "height",
                Shape.number(height));
    }

    private void marks(TimeColumns time) {
        double width = 100.0 / time.columns().size();
        for (int i = 0; i < report.changes().size(); i++) {
            String left = Shape.percent(time.column(report.changes().get(i)) * width);
            html.text(
                    "line",
                    "",
                    "class",
                    "mark",
                    "x1",
                    left,
                    "x2",
                    left,
                    "y1",
                    "4",
                    "y2",
                    Integer.toString(TOP + HEIGHT));
            html.text(
                    "text",
                    Integer.toString(i + 1),
                    "class",
                    "mark",
                    "x",
                    left,
                    "dx",
                    "3",
                    "y",
                    "11");
        }
    }

    private void axis(TimeColumns time) {
        html.in(
                "div",
                () -> {
                    html.text("span", clock.at(time.start()));
                    html.text(
                            "span",
                            clock.at(
                                    time.start()
                                            .plus(
                                                    time.step()
                                                            .multipliedBy(time.columns().size())
                                                            .dividedBy(2))));
                    html.text("span", clock.at(time.end()));
                },
                "class",
                "axis");
    }

    private void writeChanges() {
        if (report.changes().isEmpty()) {
            return;
        }
        html.text("h3", "What changed, and when");
        html.in(
                "ol",
                () -> {
                    for (Change change : report.changes()) {
                        html.text("li", clock.at(change.at()) + ": " + change.text());
                    }
                });
    }
}
