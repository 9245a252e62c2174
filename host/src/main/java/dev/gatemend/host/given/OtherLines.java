package dev.gatemend.host.given;

import dev.gatemend.host.LineStamp;
import dev.gatemend.model.ApplicationLog;
import dev.gatemend.model.Fact;
import dev.gatemend.model.GivenText.Kind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The lines of other programs' logs in a text. */
final class OtherLines {
    /** As {@link ApplicationLog.Line} promises. */
    private static final int LONGEST = 1_024;

    private OtherLines() {}

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
