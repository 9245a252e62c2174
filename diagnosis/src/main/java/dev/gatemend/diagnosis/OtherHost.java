package dev.gatemend.diagnosis;

import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import java.util.List;
import java.util.Optional;

/**
 * How the peer answered when it was asked for the host that nginx names, and for another one.
 *
 * @param own asked as nginx asks; refused
 * @param others asked for other hosts, in the order tried
 */
public record OtherHost(PeerProbe own, List<PeerProbe> others) {
    public OtherHost {
        others = List.copyOf(others);
    }

    /** Empty when no other host was tried, which is only done after a refusal. */
    public static Optional<OtherHost> of(Matter matter) {
        List<PeerProbe> others =
                matter.peer().stream()
                        .flatMap(matter.scene()::probes)
                        .filter(p -> p.kind() == PeerProbe.Kind.OTHER_HOST)
                        .toList();
        return others.isEmpty()
                ? Optional.empty()
                : matter.peer()
                        .flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.HTTP))
                        .map(own -> new OtherHost(own, others));
    }

    /** The first that was answered as a page is: nginx's host was not. */
    public Optional<PeerProbe> welcome() {
        return others.stream().filter(p -> status(p) >= 100 && status(p) < 400).findFirst();
    }

    /** The refusal is the one that clients see: a closed connection, or this very status. */
    public boolean explains(Matter matter) {
        return switch (matter.trouble()) {
            case CLOSED -> own.outcome() instanceof ProbeOutcome.Closed;
            case UPSTREAM_STATUS ->
                    matter.accesses().stream().anyMatch(a -> a.status() == status(own));
            default -> false;
        };
    }

    /** Where another host gets a page, whoever refuses is well: it does not know nginx's host. */
    public static void speaksAgainstUpstream(Matter matter, Argument argument) {
        of(matter)
                .filter(o -> o.explains(matter))
                .flatMap(OtherHost::welcome)
                .ifPresent(
                        p ->
                                argument.against(
                                        Strength.DECISIVE,
                                        matter.scene()
                                                .sighting(
                                                        p,
                                                        "asked for the host %s it answers %d"
                                                                .formatted(host(p), status(p)))));
    }

    /** What the refusal was, in words. */
    public String refusal() {
        return own.outcome() instanceof ProbeOutcome.Answered
                ? "is answered with " + status(own)
                : "is not answered: the connection is closed";
    }

    /** The status of an answer; -1 when there was none. */
    public static int status(PeerProbe probe) {
        return probe.outcome() instanceof ProbeOutcome.Answered answered ? answered.status() : -1;
    }

    /** The host that was asked for. */
    public static String host(PeerProbe probe) {
        return probe.serverName().orElse("");
    }
}
