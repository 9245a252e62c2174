package dev.gatemend.cli;

import dev.gatemend.lab.BenchMachine;
import dev.gatemend.lab.Calibration;
import dev.gatemend.lab.Claim;
import dev.gatemend.lab.Outcome;
import dev.gatemend.lab.Score;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What came of the scenarios as data: {@code gatemend.lab-bench/1}. */
final class BenchJson {
    private BenchJson() {}

    static String of(BenchReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.indented(text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", "gatemend.lab-bench/1");
            write(json, report.machine());
            write(json, "faults", Score.ofAll(report.scored(), false));
            write(json, "controls", Score.ofAll(report.scored(), true));
            BenchReport apart = report.onlySetApart(true);
            write(json, "faultsSetApart", Score.ofAll(apart.scored(), false));
            write(json, "controlsSetApart", Score.ofAll(apart.scored(), true));
            write(json, "calibration", report.calibration());
            write(json, "calibrationSetApart", apart.calibration());
            write(json, report.times());
            json.writeArrayPropertyStart("causes");
            report.causes().forEach(score -> write(json, score));
            json.writeEndArray();
            json.writeArrayPropertyStart("scenarios");
            report.outcomes().forEach(outcome -> write(json, outcome));
            json.writeEndArray();
            json.writeArrayPropertyStart("notPlayed");
            report.notPlayed().forEach(other -> write(json, other));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    static void write(JsonGenerator json, BenchMachine machine) {
        json.writeObjectPropertyStart("machine");
        json.writeNumberProperty("cores", machine.cores());
        json.writeStringProperty("kernel", machine.kernel());
        Json.texts(json, "nginx", machine.nginx());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Calibration calibration) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("claims", calibration.claims());
        json.writeNumberProperty("right", calibration.right());
        json.writeNumberProperty("meanProbability", rounded(calibration.sure()));
        json.writeNumberProperty("expectedError", rounded(calibration.expectedError()));
        json.writeArrayPropertyStart("bins");
        calibration.bins().forEach(bin -> write(json, bin));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Calibration.Bin bin) {
        json.writeStartObject();
        json.writeNumberProperty("from", bin.from());
        json.writeNumberProperty("to", bin.to());
        json.writeNumberProperty("claims", bin.claims());
        json.writeNumberProperty("right", bin.right());
        json.writeNumberProperty("meanProbability", rounded(bin.sure()));
        json.writeEndObject();
    }

    private static double rounded(double share) {
        return Math.round(share * 10_000) / 10_000.0;
    }

    private static void write(JsonGenerator json, List<Duration> times) {
        json.writeObjectPropertyStart("timeToDiagnosis");
        Json.seconds(json, "medianSeconds", Score.medianOf(times));
        Json.seconds(json, "p95Seconds", Score.slowOf(times));
        Json.seconds(json, "maxSeconds", times.isEmpty() ? Duration.ZERO : times.getLast());
        json.writeEndObject();
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
        json.writeBooleanProperty("setApart", outcome.scenario().setApart());
        json.writeBooleanProperty("composed", !outcome.scenario().scored());
        json.writeBooleanProperty("right", outcome.right());
        Json.texts(json, "complaints", outcome.complaints());
        json.writeArrayPropertyStart("claims");
        outcome.claims().forEach(claim -> write(json, claim));
        json.writeEndArray();
        Json.seconds(json, "diagnosingSeconds", outcome.diagnosing());
        Json.seconds(json, "allSeconds", outcome.all());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Claim claim) {
        json.writeStartObject();
        json.writeStringProperty("cause", claim.cause());
        json.writeNumberProperty("probability", rounded(claim.probability()));
        json.writeBooleanProperty("right", claim.right());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, BenchReport.NotPlayed other) {
        json.writeStartObject();
        json.writeStringProperty("id", other.id());
        json.writeStringProperty("why", other.why());
        json.writeBooleanProperty("broken", other.broken());
        json.writeEndObject();
    }
}
