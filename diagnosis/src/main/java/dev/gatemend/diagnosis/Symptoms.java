package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Site;
import dev.gatemend.model.Symptom;
import dev.gatemend.model.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Counts what the matters of one problem cost: which requests, since when, at which sites and
 * peers.
 */
final class Symptoms {
    /** Still failing: a failure this recently, on a site that may see a request a minute. */
    private static final Duration RECENT = Duration.ofSeconds(60);

    private Symptoms() {}

    static Symptom of(List<Matter> matters) {
        Matter told = matters.getFirst();
        List<AccessGroup> accesses = accesses(matters);
        Map<Integer, Long> statuses = statuses(matters, accesses);
        return new Symptom(
                told.kind(),
                told.master().map(NginxMaster::pid).orElse(0),
                statuses,
                statuses.values().stream().mapToLong(Long::longValue).sum(),
                total(told, accesses),
                hidden(matters, accesses),
                matters.stream().flatMap(m -> m.first().stream()).min(Comparator.naturalOrder()),
                matters.stream().flatMap(m -> m.last().stream()).max(Comparator.naturalOrder()),
                matters.stream().anyMatch(Symptoms::isOngoing),
                Makers.of(told),
                sites(matters).stream().findFirst(),
                told.location().map(l -> l.match().written()).or(() -> locationLogged(told)),
                told.upstream().map(Upstream::name),
                told.pass().map(p -> p.kind()),
                told.peer().map(Address::toString),
                matters.stream()
                        .flatMap(m -> m.peer().stream())
                        .map(Address::toString)
                        .distinct()
                        .toList(),
                sites(matters));
    }

    private static List<AccessGroup> accesses(List<Matter> matters) {
        return matters.stream().flatMap(m -> m.accesses().stream()).distinct().toList();
    }

    private static Optional<String> locationLogged(Matter matter) {
        return Stream.concat(
                        matter.errors().stream().map(ErrorGroup::location),
                        matter.accesses().stream().map(AccessGroup::location))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * What clients got, by the access log; where it says nothing, what nginx answers to such an
     * error.
     */
    private static Map<Integer, Long> statuses(List<Matter> matters, List<AccessGroup> accesses) {
        Map<Integer, Long> statuses = new LinkedHashMap<>();
        accesses.stream()
                .filter(a -> a.status() >= 500)
                .forEach(a -> statuses.merge(a.status(), a.count(), Long::sum));
        if (accesses.isEmpty()) {
            for (Matter matter : matters) {
                long failures =
                        matter.failures()
                                + matter.echoes().stream()
                                        .filter(Echoes::failsRequests)
                                        .mapToLong(ErrorGroup::count)
                                        .sum();
                if (matter.trouble().status() > 0 && failures > 0) {
                    statuses.merge(matter.trouble().status(), failures, Long::sum);
                }
            }
        }
        return statuses;
    }

    private static OptionalLong total(Matter told, List<AccessGroup> accesses) {
        if (accesses.isEmpty()) {
            return OptionalLong.empty();
        }
        List<AccessGroup> same =
                told.errors().isEmpty()
                        ? told.scene()
                                .facts(AccessGroup.class)
                                .filter(a -> samePlace(a, accesses))
                                .toList()
                        : accesses;
        return OptionalLong.of(same.stream().mapToLong(AccessGroup::count).sum());
    }

    private static boolean samePlace(AccessGroup access, List<AccessGroup> failed) {
        return failed.stream()
                .anyMatch(
                        f ->
                                f.nginx() == access.nginx()
                                        && f.log().equals(access.log())
                                        && f.site().equals(access.site())
                                        && f.location().equals(access.location()));
    }

    /** Attempts that failed at one of the peers while the client got an answer from another. */
    private static long hidden(List<Matter> matters, List<AccessGroup> accesses) {
        List<String> peers = matters.stream().map(Matter::peerText).toList();
        return accesses.stream()
                .filter(a -> a.status() < 500 && Accesses.addresses(a).size() > 1)
                .filter(
                        a ->
                                Accesses.addresses(a).stream()
                                        .limit(Accesses.addresses(a).size() - 1L)
                                        .anyMatch(peers::contains))
                .mapToLong(AccessGroup::count)
                .sum();
    }

    private static boolean isOngoing(Matter matter) {
        if (matter.kind() != Symptom.Kind.TRAFFIC) {
            return true;
        }
        Instant now = matter.scene().snapshot().at();
        boolean recent = matter.last().filter(l -> l.isAfter(now.minus(RECENT))).isPresent();
        return matter.trouble() == Trouble.CONNECT
                ? !matter.connectsNow() || (recent && matter.unixPeer().isPresent())
                : recent;
    }

    private static List<String> sites(List<Matter> matters) {
        List<String> logged =
                matters.stream()
                        .flatMap(
                                m ->
                                        Stream.concat(
                                                m.errors().stream().map(ErrorGroup::site),
                                                m.accesses().stream().map(AccessGroup::site)))
                        .flatMap(Optional::stream)
                        .filter(s -> !s.isEmpty())
                        .distinct()
                        .toList();
        // A latent matter has no log, and a log that sites share tells none: then whoever passes
        // there.
        return logged.isEmpty()
                ? matters.stream()
                        .flatMap(Symptoms::sitesPassingTo)
                        .filter(s -> !s.isEmpty())
                        .distinct()
                        .toList()
                : logged;
    }

    private static Stream<String> sitesPassingTo(Matter matter) {
        return matter.configuration().stream()
                .flatMap(c -> c.sites().stream())
                .filter(
                        s ->
                                s.allLocations()
                                        .anyMatch(
                                                l ->
                                                        l.pass()
                                                                .filter(
                                                                        p ->
                                                                                Peers.leadsTo(
                                                                                        p,
                                                                                        matter.upstreams()
                                                                                                .toList()))
                                                                .isPresent()))
                .map(Site::name);
    }
}
