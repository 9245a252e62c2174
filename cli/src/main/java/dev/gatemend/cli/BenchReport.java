package dev.gatemend.cli;

import dev.gatemend.lab.Outcome;
import dev.gatemend.lab.Score;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** What came of the scenarios, counted by cause: a table, or the same as data. */
record BenchReport(List<Outcome> outcomes, List<NotPlayed> notPlayed) {
    private static final String ROW = "%-26s %6s %6s %6s %6s %8s %8s";

    BenchReport {
        outcomes = List.copyOf(outcomes);
        notPlayed = List.copyOf(notPlayed);
    }

    /**
     * A scenario that says nothing about the diagnosis.
     *
     * @param broken it was tried, and the fault did not come to be
     */
    record NotPlayed(String id, String why, boolean broken) {}

    /** Nothing was wrong with any diagnosis, and no scenario was broken. */
    boolean passed() {
        return outcomes.stream().allMatch(Outcome::right)
                && notPlayed.stream().noneMatch(NotPlayed::broken);
    }

    Page text(Page page) {
        Score faults = Score.ofAll(outcomes, false);
        Score controls = Score.ofAll(outcomes, true);
        if (faults.played() > 0) {
            page.line(
                    ROW.formatted("cause", "played", "first", "right", "wrong", "median", "95 %"));
            causes().forEach(score -> row(page, score));
            page.blank();
            page.wrapped("", 0, faults(faults), line -> line);
        }
        if (controls.played() > 0) {
            page.wrapped("", 0, controls(controls), line -> line);
        }
        page.wrapped("", 0, times(), line -> line);
        outcomes.stream()
                .filter(outcome -> !outcome.right())
                .forEach(o -> page.wrapped("", 0, o.summary().replaceAll(" +", " "), l -> l));
        for (NotPlayed other : notPlayed) {
            page.wrapped("", 0, other.id() + " not played: " + other.why(), line -> line);
        }
        return page;
    }

    private static void row(Page page, Score score) {
        page.line(
                ROW.formatted(
                        score.cause().orElse(""),
                        score.played(),
                        score.first(),
                        score.right(),
                        score.confidentlyWrong(),
                        seconds(score.median()),
                        seconds(score.slow())));
    }

    private static String faults(Score faults) {
        return "%s: %d named first (%s), %d right in all, %d confidently wrong"
                .formatted(
                        Words.count(faults.played(), "fault"),
                        faults.first(),
                        percent(faults.first(), faults.played()),
                        faults.right(),
                        faults.confidentlyWrong());
    }

    private static String controls(Score controls) {
        return "%s where nothing is wrong: %s"
                .formatted(
                        Words.count(controls.played(), "control"),
                        Words.count(controls.falseAlarms(), "false alarm"));
    }

    private String times() {
        List<Duration> times = outcomes.stream().map(Outcome::diagnosing).sorted().toList();
        return times.isEmpty()
                ? "nothing was played"
                : "a diagnosis took %s (median), 95 of 100 at most %s, the longest %s"
                        .formatted(
                                seconds(Score.medianOf(times)),
                                seconds(Score.slowOf(times)),
                                seconds(times.getLast()));
    }

    private static String percent(int part, int whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.indented(text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", "gatemend.lab-bench/1");
            write(json, "faults", Score.ofAll(outcomes, false));
            write(json, "controls", Score.ofAll(outcomes, true));
            json.writeArrayPropertyStart("causes");
            causes().forEach(score -> write(json, score));
            json.writeEndArray();
            json.writeArrayPropertyStart("scenarios");
            outcomes.forEach(outcome -> write(json, outcome));
            json.writeEndArray();
            json.writeArrayPropertyStart("notPlayed");
            notPlayed.forEach(other -> write(json, other));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private Stream<Score> causes() {
        return Score.byCause(outcomes).stream().filter(score -> score.cause().isPresent());
    }

    private static void write(JsonGenerator json, String name, Score score) {
        json.writeName(name);
        write(json, score);
    }

    private static void write(JsonGenerator json, Score score) {
        json.writeStartObject();
        score.cause().ifPresent(cause -> json.writeStringProperty("cause", cause));
        json.writeNumberProperty("played", score.played());
        json.writeNumberProperty("first", score.first());
        json.writeNumberProperty("right", score.right());
        json.writeNumberProperty("confidentlyWrong", score.confidentlyWrong());
        json.writeNumberProperty("falseAlarms", score.falseAlarms());
        Json.seconds(json, "medianSeconds", score.median());
        Json.seconds(json, "p95Seconds", score.slow());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Outcome outcome) {
        json.writeStartObject();
        json.writeStringProperty("id", outcome.scenario().id());
        Json.text(json, "cause", outcome.scenario().cause());
        json.writeBooleanProperty("right", outcome.right());
        Json.texts(json, "complaints", outcome.complaints());
        Json.seconds(json, "diagnosingSeconds", outcome.diagnosing());
        Json.seconds(json, "allSeconds", outcome.all());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, NotPlayed other) {
        json.writeStartObject();
        json.writeStringProperty("id", other.id());
        json.writeStringProperty("why", other.why());
        json.writeBooleanProperty("broken", other.broken());
        json.writeEndObject();
    }
}
