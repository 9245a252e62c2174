package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import java.util.Comparator;
import java.util.Optional;

/**
 * A status that the upstream made and nginx passed on, as far as the access log shows it.
 *
 * @param group the failing requests, most frequent place first
 * @param strength how surely the upstream made it
 * @param silent nginx's error logs were read, and say nothing of it
 */
public record PassedOn(AccessGroup group, Strength strength, boolean silent) {
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
                .map(group -> of(matter, group));
    }

    private static PassedOn of(Matter matter, AccessGroup group) {
        boolean logsRead = ErrorLogs.wouldShow(matter);
        return new PassedOn(group, strength(group, logsRead), logsRead);
    }

    /**
     * A numeric {@code $upstream_header_time} proves it. nginx logs each 502 and 504 of its own, so
     * error logs without one are nearly as good; 500 and 503 it may make in silence. With neither,
     * a status says nothing of its maker.
     */
    private static Strength strength(AccessGroup group, boolean logsRead) {
        if (group.headerReceived().orElse(false)) {
            return Strength.DECISIVE;
        }
        if (!logsRead) {
            return Strength.WEAK;
        }
        boolean gateway = group.status() == 502 || group.status() == 504;
        return gateway ? Strength.STRONG : Strength.MODERATE;
    }

    /** Nothing tells nginx's own status from the upstream's: no field, and no error log. */
    public boolean unproved() {
        return unsaid() && !silent;
    }

    public int status() {
        return group.status();
    }

    /** The access log does not say who made the status. */
    public boolean unsaid() {
        return group.headerReceived().isEmpty();
    }

    public Sighting sighting() {
        return new Sighting(
                "access.log",
                "status %d x%s%s"
                        .formatted(group.status(), Wording.thousands(group.count()), proof()),
                Optional.of(group.where()),
                group.first());
    }

    /** That the peer makes the same status when it is asked without nginx. */
    public Optional<Sighting> probed(Matter matter) {
        return matter.peer()
                .flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.HTTP))
                .filter(
                        p ->
                                p.outcome() instanceof ProbeOutcome.Answered a
                                        && a.status() == status())
                .map(
                        p ->
                                matter.scene()
                                        .sighting(
                                                p,
                                                "asked without nginx it answers %d too"
                                                        .formatted(status())));
    }

    private String proof() {
        if (group.headerReceived().orElse(false)) {
            return "; the upstream's header arrived, so the status is its own";
        }
        return silent
                ? ", and nginx logged no upstream error for it"
                : "; who made it is not known without nginx's error log";
    }
}
