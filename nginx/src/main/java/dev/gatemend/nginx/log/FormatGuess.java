package dev.gatemend.nginx.log;

import dev.gatemend.model.LogFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Infers the formats of an access log from some of its lines: those of {@link CommonFormats}, and
 * what single lines suggest. The one that says most about most lines wins, then the one that does
 * so for the lines that are left.
 */
public final class FormatGuess {
    /** Lines that formats are made from: a format that shows in none of them is rare. */
    private static final int MOST_MODELS = 60;

    private static final int MOST_FORMATS = 4;

    private FormatGuess() {}

    /** Formats of the lines, the most frequent first; empty when these are no requests. */
    public static List<AccessLogFormat> of(List<String> lines) {
        List<byte[]> left =
                new ArrayList<>(
                        lines.stream().map(l -> l.getBytes(StandardCharsets.UTF_8)).toList());
        List<AccessLogFormat> candidates = candidates(lines);
        List<AccessLogFormat> chosen = new ArrayList<>();
        while (!left.isEmpty() && chosen.size() < MOST_FORMATS) {
            Optional<AccessLogFormat> best = best(candidates, left);
            if (best.isEmpty()) {
                break;
            }
            chosen.add(best.get());
            left.removeIf(line -> fits(best.get(), line));
        }
        if (!chosen.isEmpty()
                && chosen.stream().noneMatch(f -> f.format().equals(CommonFormats.ANY))) {
            chosen.add(AccessLogFormat.compile(CommonFormats.ANY));
        }
        return chosen;
    }

    private static List<AccessLogFormat> candidates(List<String> lines) {
        Map<String, LogFormat> formats = new LinkedHashMap<>();
        CommonFormats.exact().forEach(f -> formats.put(f.text(), f));
        lines.stream()
                .limit(MOST_MODELS)
                .flatMap(line -> LineModel.of(line).stream())
                .forEach(f -> formats.putIfAbsent(f.text(), f));
        formats.put(CommonFormats.ANY.text(), CommonFormats.ANY);
        return formats.values().stream()
                .map(AccessLogFormat::compile)
                .filter(FormatGuess::saysEnough)
                .toList();
    }

    /** A request line or URI and a status make a line a request. */
    private static boolean saysEnough(AccessLogFormat format) {
        return format.has(AccessVariable.STATUS)
                && (format.has(AccessVariable.REQUEST)
                        || format.has(AccessVariable.REQUEST_URI)
                        || format.has(AccessVariable.URI));
    }

    private static Optional<AccessLogFormat> best(
            List<AccessLogFormat> candidates, List<byte[]> lines) {
        Optional<AccessLogFormat> best = Optional.empty();
        long most = 0;
        for (AccessLogFormat format : candidates) {
            long fitting = lines.stream().filter(line -> fits(format, line)).count();
            long score = fitting * (10 + format.variableCount());
            if (score > most) {
                most = score;
                best = Optional.of(format);
            }
        }
        return best;
    }

    private static boolean fits(AccessLogFormat format, byte[] line) {
        AccessLine parsed = new AccessLine();
        return format.parse(line, 0, line.length, parsed) && parsed.status().isPresent();
    }
}
