package dev.gatemend.cli;

import dev.gatemend.model.LogFormat;
import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.FormatGuess;
import dev.gatemend.nginx.log.LogBytes;
import dev.gatemend.nginx.log.LogZone;
import dev.gatemend.nginx.traffic.LogInput;
import dev.gatemend.nginx.traffic.TrafficAnalysis;
import dev.gatemend.nginx.traffic.TrafficFilter;
import dev.gatemend.nginx.traffic.TrafficQuestion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What the last lines of logs say about all of them: the zone they are written in, and the newest
 * time. Only logs that can be read at any place have such an end.
 */
record LogEnds(List<LogInput> inputs, List<LogFormat> formats) {
    /** Some hundred lines: the newest of them all may have been written by another worker. */
    private static final int LENGTH = 64 << 10;

    LogEnds {
        inputs = List.copyOf(inputs);
        formats = List.copyOf(formats);
    }

    /** The offset that the newest access log is written with. */
    Optional<ZoneId> zone() {
        return ends().reversed().stream().flatMap(end -> zone(end).stream()).findFirst();
    }

    /** How a few lines look tells their format; to guess at all of them costs a start its time. */
    private static final int TELLING_LINES = 20;

    private Optional<ZoneId> zone(End end) {
        try {
            List<AccessLogFormat> known =
                    formats.isEmpty()
                            ? FormatGuess.of(end.lastLines())
                            : formats.stream().map(AccessLogFormat::compile).toList();
            return LogZone.of(end, known).map(offset -> offset);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** When the newest request of them all was logged. */
    Optional<Instant> newest() throws InterruptedException {
        List<LogInput> last =
                ends().stream().<LogInput>map(end -> new LogInput.Placed(end.name(), end)).toList();
        TrafficQuestion all = new TrafficQuestion(formats, TrafficFilter.ALL, ZoneOffset.UTC, 1);
        return TrafficAnalysis.of(last, all).totals().last();
    }

    private List<End> ends() {
        return inputs.stream()
                .filter(LogInput.Placed.class::isInstance)
                .map(LogInput.Placed.class::cast)
                .map(End::new)
                .toList();
    }

    /** The last bytes of a log as a log of their own. */
    private record End(LogInput.Placed log) implements LogBytes {
        String name() {
            return log.name();
        }

        private long start() throws IOException {
            return Math.max(0, log.bytes().size() - LENGTH);
        }

        @Override
        public long size() throws IOException {
            return Math.min(log.bytes().size(), LENGTH);
        }

        @Override
        public int read(long position, byte[] buffer, int offset, int length) throws IOException {
            return log.bytes().read(start() + position, buffer, offset, length);
        }

        List<String> lastLines() throws IOException {
            byte[] bytes = new byte[LENGTH];
            int length = 0;
            int read = read(0, bytes, 0, LENGTH);
            while (read > 0) {
                length += read;
                read = length < LENGTH ? read(length, bytes, length, LENGTH - length) : 0;
            }
            List<String> lines =
                    new String(bytes, 0, length, StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList();
            return lines.subList(Math.max(0, lines.size() - TELLING_LINES), lines.size());
        }
    }
}
