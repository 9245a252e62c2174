package dev.gatemend.cli;

import dev.gatemend.model.Printable;
import dev.gatemend.nginx.traffic.LiveTraffic;
import dev.gatemend.nginx.traffic.Maker;
import dev.gatemend.nginx.traffic.TrafficEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * For a person: a line for what goes wrong, few lines for much of it, and on a terminal the sum of
 * it all in a last line that is written anew in place.
 */
final class TextTelling implements Telling {
    /** Back to the line's first column; erase to its end (ECMA-48: CR, EL). */
    private static final String ANEW = "\r\u001b[K";

    private static final Duration PACE = Duration.ofSeconds(1);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private final PrintStream out;
    private final Ink ink;
    private final int columns;
    private final boolean terminal;
    private final UnaryOperator<String> text;
    private final CalmLines<TrafficEvent> calm = new CalmLines<>();
    private Optional<LocalDate> day = Optional.empty();
    private String shown = "";
    private Instant shownAt = Instant.EPOCH;

    /**
     * @param terminal somebody sees the last line
     */
    TextTelling(Screen screen, boolean terminal, UnaryOperator<String> redaction) {
        this.out = screen.out();
        this.ink = new Ink(screen.colour());
        this.columns = screen.columns();
        this.terminal = terminal;
        this.text = shownText -> Printable.oneLine(redaction.apply(shownText));
    }

    @Override
    public void event(TrafficEvent event, ZoneId zone, Instant now) {
        TrafficEvent printable = EventRewriting.of(event, text);
        if (calm.tell(EventLine.likeness(printable), printable, now)) {
            clear();
            newDay(printable, zone, now);
            String line = EventLine.of(printable, zone, columns);
            out.println(event.kind() == TrafficEvent.Kind.FAILED ? ink.red(line) : line);
        }
    }

    @Override
    public void round(LiveTraffic.Glance glance, Instant now) {
        sums(calm.due(now));
        if (terminal && !now.isBefore(shownAt.plus(PACE))) {
            String line = TrafficWords.cut(line(glance), columns - 1);
            if (!line.equals(shown)) {
                out.print(ANEW + ink.dim(line));
                shown = line;
                shownAt = now;
            }
        }
        out.flush();
    }

    @Override
    public void clear() {
        if (!shown.isEmpty()) {
            out.print(ANEW);
            out.flush();
            shown = "";
            shownAt = Instant.EPOCH;
        }
    }

    @Override
    public void end() {
        clear();
        sums(calm.rest());
        out.flush();
    }

    private void sums(List<CalmLines.Sum<TrafficEvent>> sums) {
        if (!sums.isEmpty()) {
            clear();
        }
        for (CalmLines.Sum<TrafficEvent> sum : sums) {
            out.println(EventLine.of(sum.count(), sum.mixed(), sum.last(), columns));
        }
    }

    /** Lines tell the time of day only. */
    private void newDay(TrafficEvent event, ZoneId zone, Instant now) {
        event.at()
                .map(at -> at.atZone(zone).toLocalDate())
                .filter(date -> !date.equals(day.orElse(now.atZone(zone).toLocalDate())))
                .ifPresent(
                        date -> {
                            out.println(ink.dim("-- " + DAY.format(date)));
                            day = Optional.of(date);
                        });
        day = day.or(() -> event.at().map(at -> at.atZone(zone).toLocalDate()));
    }

    private static String line(LiveTraffic.Glance glance) {
        List<String> makers = new ArrayList<>();
        long failed = 0;
        for (Maker maker : Maker.values()) {
            long made = glance.failures().getOrDefault(maker, 0L);
            failed += made;
            if (made > 0) {
                makers.add(Words.thousands(made) + " " + maker.word());
            }
        }
        return "%s, %s failed (5xx)%s%s"
                .formatted(
                        Words.count(glance.requests(), "request"),
                        failed == 0 ? "none" : Words.thousands(failed),
                        makers.isEmpty() ? "" : ": " + String.join(", ", makers),
                        glance.hidden() == 0
                                ? ""
                                : "; " + Words.thousands(glance.hidden()) + " hidden");
    }
}
