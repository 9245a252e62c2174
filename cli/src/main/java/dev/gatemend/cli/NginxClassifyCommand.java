package dev.gatemend.cli;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.nginx.log.ErrorLogReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JsonGenerator;

/** {@code gatemend nginx classify}: the entries of an error log as NDJSON. */
final class NginxClassifyCommand implements Command {
    @Override
    public String name() {
        return "classify";
    }

    @Override
    public String summary() {
        return "Name the message of each entry of an error log, one JSON object a line.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.parameter(spec, "FILE", "0..1", "The error log; default, and -: standard input.");
        LookOptions.addZone(spec);
    }

    @Override
    public int run(ParseResult words, Screen screen) throws IOException {
        String name = Options.argument(words, "-");
        Optional<ZoneId> zone = LookOptions.givenZone(words);
        try (InputStream input =
                name.equals("-")
                        ? new FileInputStream(FileDescriptor.in)
                        : Files.newInputStream(LookOptions.readable(name))) {
            Lines lines = new Lines(input);
            ErrorLogReader reader = new ErrorLogReader(new Writer(screen, zone));
            while (lines.next() && !screen.out().checkError()) {
                reader.line(lines.number(), lines.text());
            }
            reader.end();
        }
        return ExitCode.FINE;
    }

    /** Writes each entry at once: whoever reads a pipe wants it when it is there. */
    private record Writer(Screen screen, Optional<ZoneId> zone) implements ErrorLogReader.Sink {
        @Override
        public void entry(long line, ErrorEntry entry, String text) {
            StringWriter document = new StringWriter();
            try (JsonGenerator json = Json.compact(document)) {
                write(json, line, entry);
            }
            screen.out().println(document);
        }

        /** What is no entry of an error log gets no line: the line numbers show the gap. */
        @Override
        public void unparsed(long line, String text) {}

        private void write(JsonGenerator json, long line, ErrorEntry entry) {
            json.writeStartObject();
            json.writeNumberProperty("line", line);
            Json.text(json, "id", entry.id());
            if (entry.aboutUpstream() && entry.id().isEmpty()) {
                json.writeBooleanProperty("unknown", true);
            }
            Json.text(json, "level", entry.level());
            Json.text(json, "time", time(entry).map(Json::time));
            Json.number(json, "errno", entry.errno());
            Json.text(json, "phase", entry.phase());
            Json.text(json, "upstream", entry.upstream());
            Json.text(json, "client", entry.client());
            Json.text(json, "server", entry.server());
            Json.text(json, "request", entry.request());
            Json.text(json, "host", entry.host());
            Json.text(json, "referrer", entry.referrer());
            json.writeStringProperty("message", entry.message());
            json.writeEndObject();
        }

        /** nginx writes no zone: without a given one the instant is unknown. */
        private Optional<Instant> time(ErrorEntry entry) {
            return zone.flatMap(z -> entry.time().map(t -> t.atZone(z).toInstant()));
        }
    }
}
