package dev.gatemend.host.given;

import dev.gatemend.host.HeldLog;
import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Fact;
import dev.gatemend.model.GivenText.Kind;
import dev.gatemend.model.Window;
import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.AccessLogScanner;
import dev.gatemend.nginx.log.CommonFormats;
import dev.gatemend.nginx.log.LogFindings;
import dev.gatemend.nginx.log.LogQuestion;
import dev.gatemend.nginx.log.ScanLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The requests of nginx's access log in a text. */
final class AccessLines {
    private static final AccessLogFormat INGRESS = AccessLogFormat.compile(CommonFormats.INGRESS);

    static final AccessLogFormat ANY = AccessLogFormat.compile(CommonFormats.ANY);

    /** All years that a log can have. */
    private static final Window EVER =
            new Window(Instant.EPOCH, Instant.parse("9000-01-01T00:00:00Z"));

    private static final Pattern OFFSET =
            Pattern.compile("\\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d ([+-]\\d{4})]");

    private AccessLines() {}

    static List<? extends Fact> read(Reading reading, Configured configured, Window window) {
        LogFindings<AccessGroup> findings = scan(reading, configured, window);
        return findings.scan().requests() == 0 ? List.of() : with(findings);
    }

    private static List<? extends Fact> with(LogFindings<AccessGroup> findings) {
        return Stream.<Fact>concat(findings.groups().stream(), Stream.of(findings.scan())).toList();
    }

    static Optional<Instant> newest(Reading reading, Configured configured) {
        return scan(reading, configured, EVER).scan().last();
    }

    private static LogFindings<AccessGroup> scan(
            Reading reading, Configured configured, Window window) {
        LogQuestion question =
                new LogQuestion(
                        0,
                        reading.name(),
                        ZoneOffset.UTC,
                        window,
                        configured.places(),
                        configured.sockets(),
                        ScanLimits.forAccesses());
        List<AccessLogFormat> formats =
                Stream.concat(
                                configured.formats().stream().map(AccessLogFormat::compile),
                                Stream.of(INGRESS, ANY))
                        .toList();
        try {
            return AccessLogScanner.scan(HeldLog.of(reading.accessLog()), question, formats);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The zone that the requests' times name; an error log beside them is of the same host. */
    static Optional<ZoneId> zone(List<Reading> readings) {
        return readings.stream()
                .flatMap(r -> r.only(Kind.ACCESS_LOG).stream())
                .map(OFFSET::matcher)
                .filter(Matcher::find)
                .findFirst()
                .map(found -> ZoneOffset.of(found.group(1)));
    }
}
