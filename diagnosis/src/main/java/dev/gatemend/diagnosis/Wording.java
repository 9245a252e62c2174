package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Facts put into words the same way everywhere. */
final class Wording {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Wording() {}

    static Sighting logged(ErrorGroup group, ZoneId zone) {
        String since = group.first().map(at -> ", first " + clock(at, zone)).orElse("");
        String text = message(group) + "; x" + thousands(group.count()) + since;
        return new Sighting("error.log", text, Optional.of(group.where()), group.first());
    }

    private static String message(ErrorGroup group) {
        String phase = group.sample().phase().map(p -> " while " + p).orElse("");
        return group.sample().message()
                + (group.sample().message().contains(" while ") ? "" : phase);
    }

    static String clock(Instant at, ZoneId zone) {
        return CLOCK.format(at.atZone(zone));
    }

    static String thousands(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
