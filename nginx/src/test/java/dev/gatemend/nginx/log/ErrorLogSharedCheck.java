package dev.gatemend.nginx.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ErrorEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Our catalogue and grammar against the shared catalogue and lines that nginx wrote. */
class ErrorLogSharedCheck {
    private static final Pattern GAP =
            Pattern.compile("%(?:\\*s|\\d*(?:ui|uz|uA|Xi|xd|[VsdilpPOz]))");

    @Test
    void knowsExactlyTheSharedIds() throws IOException {
        Set<String> shared = new TreeSet<>();
        SharedFiles.rows("nginx-upstream-errors.tsv").forEach(row -> shared.add(row[0]));
        Set<String> ours = new TreeSet<>();
        MessageCatalogue.instance().messages().forEach(message -> ours.add(message.id()));
        assertThat(ours).isEqualTo(shared);
    }

    @Test
    void classifiesEveryMessageOfTheCatalogueAsAnIdWithThatMessage() throws IOException {
        List<String[]> rows = SharedFiles.rows("nginx-upstream-errors.tsv");
        Map<String, String> messages = new HashMap<>();
        rows.forEach(row -> messages.put(row[0], row[1]));
        List<String> wrong = new ArrayList<>();
        for (String[] row : rows) {
            String line = line(row[1], row[2], row[4]);
            String id = ErrorLogGrammar.parse(line).flatMap(ErrorEntry::id).orElse("");
            if (!row[1].equals(messages.get(id))) {
                wrong.add(row[0] + " -> " + id + "   " + line);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void prefersTheRightProtocol() throws IOException {
        List<String> wrong = new ArrayList<>();
        Map<String, String> protocols = new HashMap<>();
        List<String[]> rows = SharedFiles.rows("nginx-upstream-errors.tsv");
        rows.forEach(row -> protocols.put(row[0], row[4]));
        for (String[] row : rows) {
            String line = line(row[1], row[2], row[4]);
            String id = ErrorLogGrammar.parse(line).flatMap(ErrorEntry::id).orElse("");
            String got = protocols.getOrDefault(id, "");
            boolean right =
                    row[4].equals("any")
                            || row[4].equals("proxy-h2")
                            || got.contains("any")
                            || Set.of(got.split(",")).stream()
                                    .anyMatch(Set.of(row[4].split(","))::contains);
            if (!right && !line.contains("[emerg]")) {
                wrong.add(row[0] + " (" + row[4] + ") -> " + id + " (" + got + ")  " + line);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void classifiesEveryRecordedLineAboutAnUpstream() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> none = new ArrayList<>();
        int lines = 0;
        List<String> unparsed = new ArrayList<>();
        ErrorLogReader reader =
                new ErrorLogReader(
                        new ErrorLogReader.Sink() {
                            @Override
                            public void entry(long position, ErrorEntry entry, String text) {
                                if (entry.id().isEmpty()) {
                                    (entry.aboutUpstream() ? wrong : none).add(text);
                                }
                            }

                            @Override
                            public void unparsed(long position, String line) {
                                unparsed.add(line);
                            }
                        });
        for (String[] row : SharedFiles.rows("nginx-upstream-samples.tsv")) {
            if (row[2].equals("error")) {
                reader.line(lines++, row[3]);
            }
        }
        reader.end();
        assertThat(unparsed).isEmpty();
        assertThat(none).allMatch(text -> text.contains("[notice]") || text.contains("[info]"));
        assertThat(wrong).isEmpty();
        assertThat(lines).isGreaterThan(200);
    }

    private static String line(String pattern, String level, String protocol) {
        String first = level.split("[ /]", -1)[0];
        String message = fill(pattern);
        if (first.equals("emerg")
                || (first.equals("warn") && pattern.startsWith("load balancing"))) {
            return "2026/11/21 08:04:45 ["
                    + first
                    + "] 12#12: "
                    + message
                    + " in /etc/nginx/nginx.conf:12";
        }
        String kind = protocol.split(",", -1)[0];
        String context =
                switch (kind) {
                    case "stream" ->
                            ", client: 127.0.0.1, server: 0.0.0.0:80, upstream: \"127.0.0.1:9\", bytes from/to client:0/0, bytes from/to upstream:0/0";
                    case "tunnel" -> http("127.0.0.1:9");
                    case "any", "proxy", "proxy-h2" -> http("http://127.0.0.1:9/x");
                    default -> http(kind + "://127.0.0.1:9");
                };
        return "2026/11/21 08:04:45 [" + first + "] 12#12: *3 " + message + context;
    }

    private static String http(String upstream) {
        return ", client: 127.0.0.1, server: a.example, request: \"GET /x HTTP/1.1\", upstream: \""
                + upstream
                + "\", host: \"a.example\"";
    }

    private static String fill(String pattern) {
        Matcher gap = GAP.matcher(pattern);
        return gap.replaceAll(
                match -> {
                    char kind = match.group().charAt(match.group().length() - 1);
                    return switch (kind) {
                        case 'V', 's' -> "text";
                        case 'd' -> match.group().contains("x") ? "1f" : "7";
                        case 'p' -> "00007f12";
                        default -> "42";
                    };
                });
    }
}
