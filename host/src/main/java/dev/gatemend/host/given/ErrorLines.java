package dev.gatemend.host.given;

import dev.gatemend.model.Fact;
import dev.gatemend.model.Window;
import dev.gatemend.nginx.log.ErrorLogGrouper;
import dev.gatemend.nginx.log.LogQuestion;
import dev.gatemend.nginx.log.ScanLimits;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The entries of nginx's error log in a text. */
final class ErrorLines {
    private ErrorLines() {}

    /** Those of the window, grouped; a line without a time belongs to the one before it. */
    static List<? extends Fact> read(
            Reading reading, Configured configured, Window window, ZoneId zone) {
        ErrorLogGrouper grouper =
                new ErrorLogGrouper(
                        new LogQuestion(
                                0,
                                reading.name(),
                                zone,
                                window,
                                configured.places(),
                                configured.sockets(),
                                ScanLimits.forErrors()));
        Optional<Instant> before = Optional.empty();
        for (Reading.Logged logged : reading.errors()) {
            Optional<Instant> own = at(logged, zone);
            Optional<Instant> at = own.isPresent() ? own : before;
            if (at.map(window::contains).orElse(true)) {
                grouper.add(logged.entry(), at, logged.number());
            }
            before = at;
        }
        return grouper.groups(number -> reading.name() + ":" + number);
    }

    static Optional<Instant> newest(Reading reading, ZoneId zone) {
        return reading.errors().stream()
                .flatMap(logged -> at(logged, zone).stream())
                .max(Comparator.naturalOrder());
    }

    private static Optional<Instant> at(Reading.Logged logged, ZoneId zone) {
        return logged.entry().time().map(time -> time.atZone(zone).toInstant());
    }
}
