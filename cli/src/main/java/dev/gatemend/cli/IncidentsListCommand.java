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

/** {@code gatemend incidents list}: the newest first, also while the daemon runs. */
final class IncidentsListCommand implements Command {
    private static final int MOST = 100;

    @Override
    public String name() {
        return "list";
    }

    @Override
    public String summary() {
        return "List the incidents, the newest first.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.flag(spec, Options.JSON, "One JSON document, schema gatemend.incidents/1.");
        LookOptions.addState(spec);
    }

    @Override
    public int run(ParseResult words, Screen screen) {
        try (Store store = StoredIncidents.open(words)) {
            List<Incident> incidents = store.incidents(MOST);
            screen.out()
                    .print(
                            Options.has(words, Options.JSON)
                                    ? IncidentJson.of(incidents)
                                    : text(incidents, new Page(screen.columns())));
            return ExitCode.FINE;
        } catch (SQLException e) {
            throw StoredIncidents.unreadable(e);
        }
    }

    private static Page text(List<Incident> incidents, Page page) {
        if (incidents.isEmpty()) {
            page.line("no incident yet");
        }
        for (Incident incident : incidents) {
            Story story = incident.story();
            String clock = Words.clock(story.openedAt(), ZoneId.systemDefault(), Instant.now());
            page.line(
                    TrafficWords.cut(
                            "%s  %-8s  %-8s  %s"
                                    .formatted(
                                            story.id(),
                                            incident.state(),
                                            story.severity().word(),
                                            clock),
                            page.columns()));
            page.wrapped("", 4, Printable.oneLine(StoredIncidents.headline(story)), line -> line);
        }
        return page;
    }
}
