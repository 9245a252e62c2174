package dev.gatemend.cli;

import dev.gatemend.host.given.GivenFile;
import dev.gatemend.host.given.GivenReader;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Snapshot;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JsonGenerator;

/** {@code gatemend lab score}: holds {@code diagnose --from} to reports whose cause is known. */
final class LabScoreCommand implements Command {
    private static final Duration WINDOW = Duration.ofMinutes(15);

    @Override
    public String name() {
        return "score";
    }

    @Override
    public String summary() {
        return "Judge reports whose cause is known from their text alone, and count how often that was right.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.parameter(
                spec,
                "FILE",
                "1",
                "One JSON object a line: id, paste, cause, also_acceptable; - for standard input.");
        Options.flag(spec, Options.JSON, "One JSON document, schema gatemend.lab-score/1.");
    }

    @Override
    public int run(ParseResult words, Screen screen) throws IOException {
        String name = Options.argument(words, BundleFile.STANDARD);
        boolean json = Options.has(words, Options.JSON);
        Score score = new Score();
        try (InputStream input =
                name.equals(BundleFile.STANDARD)
                        ? new FileInputStream(FileDescriptor.in)
                        : Files.newInputStream(LookOptions.readable(name))) {
            Lines lines = new Lines(input);
            while (lines.next()) {
                if (!lines.text().isBlank()) {
                    judge(reported(name, lines), score, screen, !json);
                }
            }
        }
        if (score.reports() == 0) {
            throw new UsageException(name + ": no report in it");
        }
        screen.out().print(json ? json(score) : score.text());
        return ExitCode.FINE;
    }

    private static KnownReport reported(String name, Lines lines) {
        return KnownReport.read(lines.text())
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "%s:%d: no object with the texts id, paste and cause"
                                                .formatted(name, lines.number())));
    }

    private static void judge(KnownReport known, Score score, Screen screen, boolean tell) {
        Snapshot snapshot =
                GivenReader.read(
                        List.of(new GivenFile(known.id(), known.paste())),
                        new GivenReader.Question(Optional.empty(), WINDOW, Instant.EPOCH));
        Optional<Finding> first =
                Examination.of(Discretion.REDACTED.of(snapshot)).report().problems().stream()
                        .findFirst()
                        .map(Diagnosis::findings)
                        .flatMap(findings -> findings.stream().findFirst());
        Score.Verdict verdict = score.count(known, first);
        if (tell) {
            screen.out()
                    .printf(
                            Locale.ROOT,
                            "%-10s %-12s %-28s %s%n",
                            verdict.word(),
                            known.id(),
                            known.cause(),
                            first.map(LabScoreCommand::told).orElse("-"));
        }
    }

    private static String told(Finding finding) {
        return String.format(Locale.ROOT, "%s %.2f", finding.cause(), finding.probability());
    }

    private static String json(Score score) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.indented(text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", "gatemend.lab-score/1");
            json.writeNumberProperty("reports", score.reports());
            json.writeNumberProperty("first", score.first());
            json.writeNumberProperty("acceptable", score.acceptable());
            json.writeNumberProperty("confident", score.confident());
            json.writeNumberProperty("confidentWrong", score.confidentWrong());
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }
}
