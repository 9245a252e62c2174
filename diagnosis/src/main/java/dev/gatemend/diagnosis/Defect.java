package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Printable;
import dev.gatemend.model.Version;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with an answer that nginx rejects.
 *
 * @param what as the end of a sentence: {@code sends Content-Length twice}
 * @param since nginx refuses it from this version on; empty when it always did
 * @param strength how surely the answer itself is broken, and not the protocol another one
 */
public record Defect(String what, Optional<Version> since, Strength strength) {
    /** ngx_http_upstream.c: framing headers of an answer are checked since then. */
    private static final Version STRICT_FRAMING = new Version(1, 23, 0);

    /** ngx_http_parse.c: spaces and control characters in header names are refused since then. */
    private static final Version STRICT_NAMES = new Version(1, 21, 1);

    private static final Pattern QUOTED = Pattern.compile(": \"([^\"]{1,200})");

    private record Shape(
            Predicate<String> id, String what, Optional<Version> since, Strength sure) {}

    private static final List<Shape> SHAPES =
            List.of(
                    shape(
                            "upstream-cl-and-te",
                            "sends Content-Length and Transfer-Encoding at once",
                            STRICT_FRAMING),
                    shape(
                            "upstream-duplicate-header-fatal",
                            "sends a header twice",
                            STRICT_FRAMING),
                    shape(
                            "upstream-invalid-content-length",
                            "sends an invalid Content-Length",
                            STRICT_FRAMING),
                    shape(
                            "upstream-unknown-transfer-encoding",
                            "sends an unknown Transfer-Encoding",
                            STRICT_FRAMING),
                    new Shape(
                            id -> id.startsWith("upstream-invalid-header-"),
                            "sends a header line that is none",
                            Optional.of(STRICT_NAMES),
                            Strength.DECISIVE),
                    always(
                            id -> id.startsWith("upstream-invalid-status-"),
                            "sends an invalid Status",
                            Strength.DECISIVE),
                    always(
                            id -> id.equals("upstream-invalid-chunked"),
                            "breaks the chunked encoding",
                            Strength.DECISIVE),
                    always(
                            id -> id.equals("upstream-invalid-trailer"),
                            "sends an invalid trailer",
                            Strength.DECISIVE),
                    always(
                            id -> id.equals("upstream-http10-early-hints"),
                            "sends early hints in HTTP/1.0",
                            Strength.DECISIVE),
                    // Another protocol behind the port is the likelier reason; see
                    // protocol-mismatch.
                    always(
                            id -> id.equals("upstream-no-valid-http-header"),
                            "sends no HTTP status line",
                            Strength.MODERATE),
                    always(
                            id -> id.equals("fastcgi-unexpected-record"),
                            "ends its answer before any header",
                            Strength.STRONG),
                    always(
                            id -> id.startsWith("fastcgi-premature-"),
                            "ends its FastCGI answer too early",
                            Strength.STRONG),
                    always(
                            id -> id.startsWith("fastcgi-bad-re"),
                            "sends a FastCGI record out of place",
                            Strength.STRONG),
                    always(
                            id -> id.startsWith("memcached-invalid-"),
                            "breaks memcached's protocol",
                            Strength.MODERATE),
                    always(Defect::isHttp2, "breaks HTTP/2", Strength.STRONG));

    private static Shape shape(String id, String what, Version since) {
        return new Shape(id::equals, what, Optional.of(since), Strength.DECISIVE);
    }

    private static Shape always(Predicate<String> id, String what, Strength sure) {
        return new Shape(id, what, Optional.empty(), sure);
    }

    /** Frames that are refused streams, sizes or header limits are no breach of the protocol. */
    private static boolean isHttp2(String id) {
        boolean http2 = id.startsWith("grpc-") || id.startsWith("h2-");
        return http2
                && !id.contains("-too-large-")
                && !id.contains("-too-long-")
                && !id.contains("-ssl-")
                && !id.contains("needs-ssl")
                && !id.endsWith("-goaway")
                && !id.endsWith("-rejected-request")
                && !id.endsWith("-no-connection-data")
                && !id.endsWith("-no-buffer-space")
                && !id.endsWith("-zero-length-uri");
    }

    /** The defect nginx complains of in these entries, if it is one of an answer's form. */
    public static Optional<Defect> of(ErrorGroup group) {
        return SHAPES.stream()
                .filter(shape -> shape.id().test(group.id()))
                .findFirst()
                .map(shape -> new Defect(named(shape, group), since(shape, group), shape.sure()));
    }

    /** With the header nginx quotes, which came from the upstream and is made printable. */
    private static String named(Shape shape, ErrorGroup group) {
        Matcher quoted = QUOTED.matcher(group.sample().message());
        return quoted.find()
                ? "%s ('%s')"
                        .formatted(shape.what(), Excerpt.of(Printable.oneLine(quoted.group(1)), 60))
                : shape.what();
    }

    /**
     * An invalid header line is refused since 1.21.1 only where the offending byte is a blank or a
     * control character; nginx prints that byte last, as {@code \x09...}.
     */
    private static Optional<Version> since(Shape shape, ErrorGroup group) {
        if (!shape.since().filter(STRICT_NAMES::equals).isPresent()) {
            return shape.since();
        }
        Matcher offending =
                Pattern.compile("\\\\x([0-9a-f]{2})\\.\\.\\.").matcher(group.sample().message());
        return offending.find() && Integer.parseInt(offending.group(1), 16) <= ' '
                ? shape.since()
                : Optional.empty();
    }

    /** Whether the header of an answer shows a framing nginx refuses. */
    public static boolean shownBy(String header) {
        List<String> names =
                header.lines()
                        .filter(line -> line.indexOf(':') > 0)
                        .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
                        .toList();
        long lengths = names.stream().filter("content-length"::equals).count();
        long encodings = names.stream().filter("transfer-encoding"::equals).count();
        return lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0);
    }
}
