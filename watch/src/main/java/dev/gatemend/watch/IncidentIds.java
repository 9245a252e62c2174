package dev.gatemend.watch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Ids of incidents: {@code I-20261122091533042}, the moment in UTC to the millisecond. Each is
 * greater than the one before it, also when the clock steps back. Not thread-safe.
 */
final class IncidentIds {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("'I-'uuuuMMddHHmmssSSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Instant last;

    /**
     * @param last the id given last, before a restart too; the empty text for none
     */
    IncidentIds(String last) {
        this.last = last.isEmpty() ? Instant.MIN : MOMENT.parse(last, Instant::from);
    }

    String next(Instant now) {
        Instant moment = Instant.ofEpochMilli(now.toEpochMilli());
        last = moment.isAfter(last) ? moment : last.plusMillis(1);
        return MOMENT.format(last);
    }
}
