package dev.gatemend.host.given;

import dev.gatemend.host.LineStamp;
import dev.gatemend.model.Address;
import dev.gatemend.model.ApplicationLog;
import dev.gatemend.model.Fact;
import dev.gatemend.model.GivenText.Kind;
import dev.gatemend.model.NginxConfiguration;
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
    static List<Fact> read(Reading reading, Configured configured, ZoneId zone, Instant newest) {
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
                                peers(configured),
                                List.of(),
                                newest,
                                lines,
                                false));
    }

    private static List<Address> peers(Configured configured) {
        return configured.configuration().stream()
                .map(NginxConfiguration::upstreams)
                .flatMap(List::stream)
                .flatMap(u -> u.peers().stream())
                .map(p -> p.address())
                .distinct()
                .toList();
    }
}
