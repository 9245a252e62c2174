package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.cli.GeneratedTraffic.Shape;
import dev.gatemend.cli.GeneratedTraffic.Truth;
import dev.gatemend.host.logs.LogFiles;
import dev.gatemend.model.LogFormat;
import dev.gatemend.nginx.traffic.Maker;
import dev.gatemend.nginx.traffic.TrafficAnalysis;
import dev.gatemend.nginx.traffic.TrafficFilter;
import dev.gatemend.nginx.traffic.TrafficQuestion;
import dev.gatemend.nginx.traffic.TrafficReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What logs tell, against what happened and against what awk counts. */
class TrafficAgainstAwkTest {
    private static final long BYTES = 12_000_000;

    /**
     * Fields between quotation marks: 2 request, 3 status and bytes, 8 peers, 10 their statuses, 14
     * their header times.
     */
    private static final String AWK =
            """
            {
                split($3, answer, " "); status = answer[1]
                tried = split($8, peers, ", "); split($10, statuses, ", "); split($14, headers, ", ")
                count["requests"]++
                count["status " status]++
                if (status >= 500) {
                    count[(headers[tried] == "-" || headers[tried] == "") ? "nginx" : "upstream"]++
                    if ($8 != "-") count["peer " peers[tried] " " status]++
                } else {
                    failed = 0
                    for (i = 1; i <= tried; i++) if (statuses[i] >= 500) failed = 1
                    count["retried"] += failed
                }
            }
            END { for (name in count) print name "\\t" count[name] }
            """;

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void countsWhatAwkCounts(int workers) throws Exception {
        Truth truth = written(Shape.USUAL);

        TrafficReport report = read(format(true), workers, access(), error());

        assertThat(counts(report)).isEqualTo(awk(access()));
        assertIs(report, truth);
    }

    @Test
    void tellsTheMakersByTheErrorLogWhereTheAccessLogCannot() throws Exception {
        Truth truth = written(Shape.HEADERLESS);

        assertIs(read(format(false), 2, access(), error()), truth);
    }

    @Test
    void namesNoMakerWhereNothingTells() throws Exception {
        Truth truth = written(Shape.HEADERLESS);

        TrafficReport report = read(format(false), 2, access());

        Map<Maker, Long> makers = report.failures().byMaker();
        long limited = truth.statuses().getOrDefault(503, 0L);
        assertThat(makers.getOrDefault(Maker.NGINX, 0L)).isEqualTo(limited);
        assertThat(makers.getOrDefault(Maker.UPSTREAM, 0L)).isZero();
        assertThat(makers.get(Maker.UNKNOWN)).isEqualTo(truth.nginx() + truth.upstream() - limited);
    }

    @Test
    void countsTheSameInParts() throws Exception {
        Truth truth = written(Shape.USUAL);
        List<String> lines = Files.readAllLines(access(), StandardCharsets.ISO_8859_1);
        Path older = directory.resolve("access.log.2.gz");
        try (GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(older))) {
            packed.write(text(lines.subList(0, 20_000)));
        }
        Files.write(directory.resolve("access.log.1"), text(lines.subList(20_000, 30_000)));
        Files.write(access(), text(lines.subList(30_000, lines.size())));

        TrafficReport report =
                read(format(true), 2, directory.resolve("access.log*"), directory.resolve("*.log"));

        assertThat(report.files().stream().map(file -> Path.of(file.name()).getFileName() + ""))
                .containsExactly("access.log.2.gz", "access.log.1", "access.log", "error.log");
        assertIs(report, truth);
    }

    private static void assertIs(TrafficReport report, Truth truth) {
        assertThat(report.totals().requests()).isEqualTo(truth.requests());
        assertThat(report.totals().unparsed()).isZero();
        assertThat(report.totals().statuses()).isEqualTo(truth.statuses());
        assertThat(report.failures().byMaker().getOrDefault(Maker.UNKNOWN, 0L)).isZero();
        assertThat(report.failures().byMaker().get(Maker.NGINX)).isEqualTo(truth.nginx());
        assertThat(report.failures().byMaker().get(Maker.UPSTREAM)).isEqualTo(truth.upstream());
        assertThat(report.failures().byPeer()).isEqualTo(truth.byPeer());
        assertThat(report.hidden().retried()).isEqualTo(truth.retried());
        assertThat(report.hidden().cutAfterHeader()).isEqualTo(truth.cutAfterHeader());
    }

    /** In the words of the awk program. */
    private static SortedMap<String, Long> counts(TrafficReport report) {
        SortedMap<String, Long> counts = new TreeMap<>();
        counts.put("requests", report.totals().requests());
        report.totals().statuses().forEach((status, n) -> counts.put("status " + status, n));
        report.failures().byMaker().forEach((maker, n) -> counts.put(maker.word(), n));
        counts.values().removeIf(n -> n == 0);
        report.failures()
                .byPeer()
                .forEach(
                        (peer, statuses) ->
                                statuses.forEach(
                                        (status, n) ->
                                                counts.put("peer " + peer + " " + status, n)));
        counts.put("retried", report.hidden().retried());
        return counts;
    }

    private static SortedMap<String, Long> awk(Path log) throws IOException, InterruptedException {
        Process awk =
                new ProcessBuilder("awk", "-F\"", AWK, log.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        SortedMap<String, Long> counts = new TreeMap<>();
        new String(awk.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t", -1))
                .forEach(pair -> counts.put(pair[0], Long.valueOf(pair[1])));
        assertThat(awk.waitFor()).isZero();
        return counts;
    }

    private static TrafficReport read(LogFormat format, int workers, Path... logs)
            throws IOException, InterruptedException {
        List<String> words = java.util.Arrays.stream(logs).map(Path::toString).toList();
        TrafficQuestion question =
                new TrafficQuestion(List.of(format), TrafficFilter.ALL, ZoneOffset.UTC, workers);
        try (LogFiles files = LogFiles.open(words, InputStream.nullInputStream())) {
            assertThat(files.problems()).isEmpty();
            return TrafficAnalysis.of(files.inputs(), question);
        }
    }

    private static LogFormat format(boolean headerTime) {
        String text = GeneratedTraffic.FORMAT + (headerTime ? GeneratedTraffic.HEADER_TIME : "");
        return new LogFormat("generated", text, LogFormat.Escape.DEFAULT);
    }

    private static byte[] text(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private Truth written(Shape shape) throws IOException {
        return GeneratedTraffic.write(access(), error(), BYTES, shape);
    }

    private Path access() {
        return directory.resolve("access.log");
    }

    private Path error() {
        return directory.resolve("error.log");
    }
}
