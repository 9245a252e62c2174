package dev.gatemend.host.given;

import dev.gatemend.host.AuditLine;
import dev.gatemend.host.LineStamp;
import dev.gatemend.model.ApplicationLog;
import dev.gatemend.model.Fact;
import dev.gatemend.model.GivenText.Kind;
import dev.gatemend.model.KernelEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The lines of other programs' logs in a text. */
final class OtherLines {
    /** As {@link ApplicationLog.Line} promises. */
    private static final int LONGEST = 1_024;

    private static final int MOST_DENIALS = 200;

    private OtherLines() {}

    /**
     * What a security module refused: whichever log it was copied from, its line says all of it.
     */
    static List<KernelEvent> denials(Reading reading) {
        return reading.lines()
                .flatMap(line -> AuditLine.denialWithin(line).stream())
                .limit(MOST_DENIALS)
                .toList();
    }

    /**
     * All of them as one log. Whose it is nobody said; somebody who pastes it beside nginx's means
     * the application that nginx passes to.
     */
    static List<Fact> read(Reading reading, ZoneId zone, Instant newest) {
        List<ApplicationLog.Line> lines = new ArrayList<>();
        for (String line : reading.only(Kind.LOG)) {
            if (!line.isEmpty()) {
                String cut = line.substring(0, Math.min(line.length(), LONGEST));
                lines.add(new ApplicationLog.Line(LineStamp.in(line, zone), cut));
            }
        }
        return lines.isEmpty()
                ? List.of()
                : List.of(
                        new ApplicationLog(
                                reading.name(),
                                "the application, by the text given",
                                List.of(),
                                List.of(),
                                newest,
                                lines,
                                false));
    }
}
