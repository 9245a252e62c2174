package dev.gatemend.cli;

import dev.gatemend.model.Printable;
import dev.gatemend.watch.Story;
import dev.gatemend.watch.Verdict;
import dev.gatemend.watch.WatchEvent;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the daemon tells as lines for a person: one an event, none wider than the screen. */
final class WatchLines {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final int columns;

    WatchLines(int columns) {
        this.columns = columns;
    }

    /** With its newline; empty for what another line says as well. */
    String of(WatchEvent event) {
        String line =
                switch (event) {
                    // the line of the incident says it
                    case WatchEvent.Signal _ -> "";
                    case WatchEvent.Ready ready -> ready(ready);
                    case WatchEvent.Opened opened -> told("opened", opened);
                    case WatchEvent.Reopened reopened -> told("reopened", reopened);
                    case WatchEvent.Diagnosed diagnosed -> diagnosed(diagnosed);
                    case WatchEvent.Resolved resolved -> told("resolved", resolved);
                    case WatchEvent.ObserverFailed failed ->
                            "failed    " + failed.observer() + ": " + failed.why();
                };
        if (line.isEmpty()) {
            return "";
        }
        String clock = CLOCK.format(event.at().atZone(ZoneId.systemDefault()));
        return TrafficWords.cut(Printable.oneLine(clock + " " + line), columns) + "\n";
    }

    private static String ready(WatchEvent.Ready ready) {
        return "watching  %s, %s, %s"
                .formatted(
                        Words.count(ready.masters(), "nginx").replace("nginxs", "nginx"),
                        Words.count(ready.sites(), "site"),
                        Words.count(ready.logs(), "log"));
    }

    private static String told(String what, WatchEvent.OfIncident event) {
        Story story = event.story();
        String severity = what.equals("resolved") ? "" : story.severity().word() + ": ";
        return "%-9s %s%s: %s".formatted(what, severity, story.place().name(), event.why());
    }

    private static String diagnosed(WatchEvent.Diagnosed event) {
        Verdict verdict = event.verdict();
        return verdict.cause()
                .map(
                        cause ->
                                "diagnosed %s %s: %s"
                                        .formatted(
                                                cause,
                                                Words.percent(verdict.probability()),
                                                verdict.title()))
                .orElse("diagnosed " + event.story().place().name() + ": " + verdict.title());
    }
}
