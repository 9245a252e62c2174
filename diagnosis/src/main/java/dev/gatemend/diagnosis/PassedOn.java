package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Maker;
import java.util.Comparator;
import java.util.Optional;

/**
 * A status that the upstream made and nginx passed on, as far as the access log shows it.
 *
 * @param group the failing requests, most frequent place first
 * @param strength how surely the upstream made it
 */
public record PassedOn(AccessGroup group, Strength strength) {
    /** Empty for statuses nginx made itself, and where no access log was read. */
    public static Optional<PassedOn> of(Matter matter) {
        if (matter.trouble() != Trouble.UPSTREAM_STATUS) {
            return Optional.empty();
        }
        return matter.accesses().stream()
                .filter(a -> a.status() >= 500)
                .max(
                        Comparator.comparing((AccessGroup a) -> a.headerReceived().orElse(false))
                                .thenComparingLong(AccessGroup::count))
                .map(group -> new PassedOn(group, strength(matter, group)));
    }

    /**
     * A numeric {@code $upstream_header_time} proves it. nginx logs each 502 and 504 of its own, so
     * a readable error log without one is nearly as good; 500 and 503 it may make in silence.
     */
    private static Strength strength(Matter matter, AccessGroup group) {
        if (group.headerReceived().orElse(false)) {
            return Strength.DECISIVE;
        }
        boolean gateway = group.status() == 502 || group.status() == 504;
        return gateway && Makers.of(matter) == Maker.UPSTREAM ? Strength.STRONG : Strength.MODERATE;
    }

    public int status() {
        return group.status();
    }

    /** The access log does not say who made the status. */
    public boolean unsaid() {
        return group.headerReceived().isEmpty();
    }

    public Sighting sighting() {
        String proof =
                group.headerReceived().orElse(false)
                        ? "; the upstream's header arrived, so the status is its own"
                        : ", and nginx logged no upstream error for it";
        return new Sighting(
                "access.log",
                "status %d x%s%s"
                        .formatted(group.status(), Wording.thousands(group.count()), proof),
                Optional.of(group.where()),
                group.first());
    }
}
