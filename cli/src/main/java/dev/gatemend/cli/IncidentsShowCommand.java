package dev.gatemend.cli;

import dev.gatemend.model.Printable;
import dev.gatemend.watch.Incident;
import dev.gatemend.watch.Store;
import dev.gatemend.watch.Story;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code gatemend incidents show ID}: its timeline, and the log lines that belong to it. */
final class IncidentsShowCommand implements Command {
    @Override
    public String name() {
        return "show";
    }

    @Override
    public String summary() {
        return "Show an incident: what happened when and why, and its log lines.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.parameter(spec, "ID", "1", "As in gatemend incidents list: I-20261122091533042.");
        Options.flag(spec, Options.JSON, "One JSON document, schema gatemend.incidents/1.");
        LookOptions.addState(spec);
    }

    @Override
    public int run(ParseResult words, Screen screen) {
        String id = Options.argument(words, "");
        try (Store store = StoredIncidents.open(words)) {
            Incident incident =
                    store.incident(id)
                            .orElseThrow(
                                    () ->
                                            new UsageException(
                                                    "no incident "
                                                            + id
                                                            + "; gatemend incidents list shows them"));
            List<String> lines = store.lines(id);
            screen.out()
                    .print(
                            Options.has(words, Options.JSON)
                                    ? IncidentJson.of(incident, lines)
                                    : text(incident, lines, new Page(screen.columns())));
            return ExitCode.FINE;
        } catch (SQLException e) {
            throw StoredIncidents.unreadable(e);
        }
    }

    private static Page text(Incident incident, List<String> lines, Page page) {
        Story story = incident.story();
        page.line(
                "%s, %s, %s%s"
                        .formatted(
                                story.id(),
                                incident.state(),
                                story.severity().word(),
                                story.reopened() == 0
                                        ? ""
                                        : ", reopened " + Words.count(story.reopened(), "time")));
        page.wrapped("", 2, Printable.oneLine(StoredIncidents.headline(story)), line -> line);
        page.blank();
        for (Story.Entry entry : story.timeline()) {
            String clock = Words.clock(entry.at(), ZoneId.systemDefault(), Instant.now());
            page.wrapped(
                    "  %s  %-10s ".formatted(clock, entry.what()),
                    clock.length() + 15,
                    Printable.oneLine(entry.why()),
                    line -> line);
        }
        if (!lines.isEmpty()) {
            page.blank();
            page.line("  its log lines, without secrets");
            lines.forEach(line -> page.wrapped("", 4, Printable.oneLine(line), text -> text));
        }
        return page;
    }
}
