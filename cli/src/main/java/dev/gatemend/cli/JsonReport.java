package dev.gatemend.cli;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Symptom;
import dev.gatemend.model.Version;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** A report as {@code gatemend.diagnosis/1}, the public contract with other programs. */
final class JsonReport {
    private final JsonGenerator json;

    private final boolean zoned;

    private JsonReport(JsonGenerator json, boolean zoned) {
        this.json = json;
        this.zoned = zoned;
    }

    static String of(Report report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = Json.indented(text)) {
            new JsonReport(generator, report.zoned()).write(report);
        }
        return text.append('\n').toString();
    }

    private void write(Report report) {
        json.writeStartObject();
        json.writeStringProperty("schema", "gatemend.diagnosis/1");
        json.writeStringProperty("at", Json.time(report.at()));
        json.writeStringProperty("host", report.host());
        Json.seconds(json, "tookSeconds", report.took());
        json.writeArrayPropertyStart("nginx");
        report.nginx().forEach(this::write);
        json.writeEndArray();
        json.writeArrayPropertyStart("problems");
        report.problems().forEach(this::write);
        json.writeEndArray();
        json.writeArrayPropertyStart("couldNotLook");
        report.couldNotLook().forEach(this::write);
        json.writeEndArray();
        if (!report.asked().isEmpty()) {
            json.writeArrayPropertyStart("asked");
            report.asked().forEach(this::write);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void write(Report.Asked asked) {
        json.writeStartObject();
        json.writeStringProperty("url", asked.url());
        Json.number(json, "status", asked.status());
        json.writeStringProperty("said", asked.said());
        json.writeEndObject();
    }

    private void write(Report.Nginx nginx) {
        json.writeStartObject();
        Json.text(json, "version", nginx.version().map(Version::toString));
        json.writeStringProperty("config", nginx.configuration());
        json.writeBooleanProperty("running", nginx.running());
        Json.number(json, "pid", nginx.pid());
        json.writeEndObject();
    }

    private void write(Diagnosis problem) {
        json.writeStartObject();
        json.writeName("symptom");
        write(problem.symptom());
        double[] probabilities = Json.sharesOfOne(problem);
        json.writeArrayPropertyStart("findings");
        for (int i = 0; i < problem.findings().size(); i++) {
            write(problem.findings().get(i), probabilities[i]);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("ruledOut");
        for (Diagnosis.RuledOut ruledOut : problem.ruledOut()) {
            Json.pair(json, "cause", ruledOut.cause(), "because", ruledOut.because());
        }
        json.writeEndArray();
        json.writeNumberProperty("unknown", probabilities[problem.findings().size()]);
        json.writeBooleanProperty("provisional", problem.provisional());
        json.writeArrayPropertyStart("next");
        for (Diagnosis.NextStep next : problem.next()) {
            Json.pair(json, "command", next.command(), "why", next.why());
        }
        json.writeEndArray();
        if (!problem.seen().isEmpty()) {
            json.writeArrayPropertyStart("seen");
            problem.seen().forEach(this::write);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Of a text in a zone that nobody knows there is no instant to tell. */
    private Optional<String> time(Optional<Instant> at) {
        return at.filter(_ -> zoned).map(Json::time);
    }

    private void write(Symptom symptom) {
        json.writeStartObject();
        json.writeStringProperty("kind", symptom.kind().toString());
        Json.positive(json, "nginx", symptom.nginx());
        json.writeObjectPropertyStart("statuses");
        new TreeMap<>(symptom.statuses())
                .forEach((status, count) -> json.writeNumberProperty(status.toString(), count));
        json.writeEndObject();
        json.writeNumberProperty("requests", symptom.requests());
        Json.number(json, "total", symptom.total());
        json.writeNumberProperty("hidden", symptom.hidden());
        Json.text(json, "first", time(symptom.first()));
        Json.text(json, "last", time(symptom.last()));
        json.writeBooleanProperty("ongoing", symptom.ongoing());
        json.writeStringProperty("madeBy", symptom.madeBy().toString());
        Json.text(json, "site", symptom.site());
        Json.text(json, "location", symptom.location());
        Json.text(json, "upstream", symptom.upstream());
        Json.text(json, "pass", symptom.pass().map(Object::toString));
        Json.text(json, "peer", symptom.peer());
        Json.texts(json, "peers", symptom.peers());
        Json.texts(json, "sites", symptom.sites());
        json.writeEndObject();
    }

    private void write(Finding finding, double probability) {
        json.writeStartObject();
        json.writeStringProperty("cause", finding.cause());
        json.writeNumberProperty("probability", probability);
        json.writeStringProperty("title", finding.title());
        json.writeStringProperty("explanation", finding.explanation());
        json.writeArrayPropertyStart("evidence");
        finding.evidence().forEach(this::write);
        json.writeEndArray();
        json.writeArrayPropertyStart("remedies");
        finding.remedies().forEach(this::write);
        json.writeEndArray();
        Json.texts(json, "wontHelp", finding.wontHelp());
        json.writeEndObject();
    }

    private void write(Evidence evidence) {
        json.writeStartObject();
        json.writeStringProperty("kind", evidence.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringProperty("source", evidence.source());
        json.writeStringProperty("text", evidence.text());
        Json.text(json, "where", evidence.where());
        Json.text(json, "at", time(evidence.at()));
        json.writeEndObject();
    }

    private void write(Remedy remedy) {
        json.writeStartObject();
        json.writeStringProperty("title", remedy.title());
        json.writeBooleanProperty("now", remedy.now());
        json.writeStringProperty("risk", remedy.risk().name().toLowerCase(Locale.ROOT));
        json.writeArrayPropertyStart("steps");
        for (Remedy.Step step : remedy.steps()) {
            json.writeStartObject();
            Json.text(json, "command", Optional.of(step.command()).filter(c -> !c.isEmpty()));
            json.writeStringProperty("explanation", step.explanation());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(CouldNotLook couldNotLook) {
        Json.pair(json, "source", couldNotLook.source(), "why", couldNotLook.why());
    }
}
