package dev.gatemend.watch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Incidents as rows. */
final class IncidentRows {
    private static final String SAVE =
            """
            insert into incident (id, state, kind, severity, place_kind, place, site, peer, first_failure_at,
                opened_at, resolved_at, reopened, judged, cause, probability, title, verdict_site, verdict_peer,
                provisional)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set state = excluded.state, kind = excluded.kind,
                severity = excluded.severity, site = excluded.site, peer = excluded.peer,
                resolved_at = excluded.resolved_at, reopened = excluded.reopened, judged = excluded.judged,
                cause = excluded.cause, probability = excluded.probability, title = excluded.title,
                verdict_site = excluded.verdict_site, verdict_peer = excluded.verdict_peer,
                provisional = excluded.provisional
            """;

    private final Connection connection;

    IncidentRows(Connection connection) {
        this.connection = connection;
    }

    void save(Incident incident) throws SQLException {
        Story story = incident.story();
        try (PreparedStatement save = connection.prepareStatement(SAVE)) {
            Fields fields = new Fields(save);
            fields.text(story.id());
            fields.text(incident.state());
            fields.text(story.trouble().word());
            fields.text(story.severity().word());
            fields.text(story.place().kind().word());
            fields.text(story.place().name());
            fields.text(story.site());
            fields.text(story.peer());
            fields.text(EventText.time(story.first()));
            fields.text(EventText.time(story.openedAt()));
            fields.text(resolvedAt(incident).map(EventText::time));
            fields.number(story.reopened());
            verdict(fields, story.verdict());
            save.executeUpdate();
        }
        saveTimeline(story);
    }

    private static void verdict(Fields fields, Optional<Verdict> verdict) throws SQLException {
        fields.number(verdict.isPresent() ? 1 : 0);
        fields.text(verdict.flatMap(Verdict::cause));
        fields.share(verdict.map(Verdict::probability).orElse(0.0));
        fields.text(verdict.map(Verdict::title));
        fields.text(verdict.flatMap(Verdict::site));
        fields.text(verdict.flatMap(Verdict::peer));
        fields.number(verdict.filter(Verdict::provisional).isPresent() ? 1 : 0);
    }

    private static Optional<Instant> resolvedAt(Incident incident) {
        return incident instanceof Incident.Resolved resolved
                ? Optional.of(resolved.at())
                : Optional.empty();
    }

    private void saveTimeline(Story story) throws SQLException {
        try (PreparedStatement clear =
                        connection.prepareStatement("delete from timeline where incident = ?");
                PreparedStatement add =
                        connection.prepareStatement(
                                "insert into timeline values (?, ?, ?, ?, ?)")) {
            clear.setString(1, story.id());
            clear.executeUpdate();
            int position = 0;
            for (Story.Entry entry : story.timeline()) {
                Fields fields = new Fields(add);
                fields.text(story.id());
                fields.number(position++);
                fields.text(EventText.time(entry.at()));
                fields.text(entry.what());
                fields.text(entry.why());
                add.executeUpdate();
            }
        }
    }

    /** The newest first. */
    List<Incident> newest(int most) throws SQLException {
        return read("select * from incident order by id desc limit ?", most);
    }

    /** Those that go on, or ended since. */
    List<Incident> unfinished(Instant since) throws SQLException {
        return read(
                "select * from incident where state = 'open' or resolved_at >= ? order by id",
                EventText.time(since));
    }

    Optional<Incident> called(String id) throws SQLException {
        return read("select * from incident where id = ?", id).stream().findFirst();
    }

    private List<Incident> read(String query, Object parameter) throws SQLException {
        List<Incident> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setObject(1, parameter);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(incident(rows));
                }
            }
        }
        return found;
    }

    private Incident incident(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Story story =
                new Story(
                        id,
                        new Place(
                                Place.Kind.of(row.getString("place_kind")), row.getString("place")),
                        Trouble.of(row.getString("kind")),
                        Severity.of(row.getString("severity")),
                        Instant.parse(row.getString("first_failure_at")),
                        Instant.parse(row.getString("opened_at")),
                        row.getInt("reopened"),
                        text(row, "site"),
                        text(row, "peer"),
                        verdict(row),
                        timeline(id));
        return text(row, "resolved_at")
                .<Incident>map(at -> new Incident.Resolved(story, Instant.parse(at)))
                .orElseGet(() -> new Incident.Open(story));
    }

    private static Optional<Verdict> verdict(ResultSet row) throws SQLException {
        return row.getInt("judged") == 0
                ? Optional.empty()
                : Optional.of(
                        new Verdict(
                                text(row, "cause"),
                                row.getDouble("probability"),
                                row.getString("title"),
                                text(row, "verdict_site"),
                                text(row, "verdict_peer"),
                                row.getInt("provisional") == 1));
    }

    private List<Story.Entry> timeline(String id) throws SQLException {
        List<Story.Entry> entries = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select at, what, why from timeline where incident = ? order by position")) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(
                            new Story.Entry(
                                    Instant.parse(rows.getString(1)),
                                    rows.getString(2),
                                    rows.getString(3)));
                }
            }
        }
        return entries;
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        @Nullable String value = row.getString(column);
        return Optional.ofNullable(value);
    }

    /** Fills a statement from left to right. */
    private static final class Fields {
        private final PreparedStatement statement;
        private int next = 1;

        Fields(PreparedStatement statement) {
            this.statement = statement;
        }

        void text(String value) throws SQLException {
            statement.setString(next++, value);
        }

        void text(Optional<String> value) throws SQLException {
            statement.setString(next++, value.orElse(null));
        }

        void number(long value) throws SQLException {
            statement.setLong(next++, value);
        }

        void share(double value) throws SQLException {
            statement.setDouble(next++, value);
        }
    }
}
