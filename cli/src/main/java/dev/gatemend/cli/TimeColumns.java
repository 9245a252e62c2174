package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.Slot;
import dev.gatemend.nginx.traffic.TrafficReport.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A timeline fitted to a width: slots put together, and those without requests filled in, so that
 * equal lengths are equal times. Changes have the column they fall into.
 *
 * @param step of a column
 * @param columns at least one, the first at {@code start}
 */
record TimeColumns(Instant start, Duration step, List<Slot> columns) {
    TimeColumns {
        columns = List.copyOf(columns);
    }

    /**
     * @param timeline with at least one slot
     * @param most columns there is room for
     */
    static TimeColumns of(Timeline timeline, int most) {
        Instant start = timeline.slots().getFirst().from();
        long step = Math.max(1, timeline.step().toMillis());
        long slots = millis(start, timeline.slots().getLast().from()) / step + 1;
        long width = step * ((slots + most - 1) / most);
        int columns = (int) ((slots * step + width - 1) / width);
        List<Slot> all = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            all.add(new Slot(start.plusMillis(i * width), 0, 0, 0, 0, 0));
        }
        for (Slot slot : timeline.slots()) {
            int column = (int) Math.clamp(millis(start, slot.from()) / width, 0, columns - 1L);
            all.set(column, sum(all.get(column), slot));
        }
        return new TimeColumns(start, Duration.ofMillis(width), all);
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    private static Slot sum(Slot a, Slot b) {
        return new Slot(
                a.from(),
                a.requests() + b.requests(),
                a.failures() + b.failures(),
                a.nginx() + b.nginx(),
                a.upstream() + b.upstream(),
                a.hidden() + b.hidden());
    }

    /** The end of the last column. */
    Instant end() {
        return start.plus(step.multipliedBy(columns.size()));
    }

    /** The highest of all columns. */
    long highest(ToLongFunction<Slot> height) {
        return columns.stream().mapToLong(height).max().orElse(0);
    }

    /** In which column something happened; the nearest one for what lies outside. */
    int column(TrafficReport.Change change) {
        return (int)
                Math.clamp(millis(start, change.at()) / step.toMillis(), 0, columns.size() - 1L);
    }
}
