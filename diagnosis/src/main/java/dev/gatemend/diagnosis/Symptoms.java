package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Finding;
import dev.gatemend.model.NginxConfiguration;
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

    /**
     * @param findings of the first matter
     */
    static Symptom of(List<Matter> matters, List<Finding> findings) {
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
                Makers.of(told, findings),
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
     * error; where no log was given, what somebody says they get, which counts no request.
     */
    private static Map<Integer, Long> statuses(List<Matter> matters, List<AccessGroup> accesses) {
        Map<Integer, Long> statuses = new LinkedHashMap<>();
        List<AccessGroup> counted = accesses.stream().filter(a -> counts(matters, a)).toList();
        List<AccessGroup> fitting =
                counted.stream()
                        .filter(a -> matters.stream().anyMatch(m -> Accesses.mayFollow(a, m)))
                        .toList();
        List<AccessGroup> told =
                fitting.stream().anyMatch(a -> a.status() >= 500) ? fitting : counted;
        told.stream()
                .filter(a -> matters.stream().anyMatch(m -> m.isFailure(a)))
                .forEach(a -> statuses.merge(a.status(), a.count(), Long::sum));
        boolean untold = told.isEmpty() || (statuses.isEmpty() && areParts(matters));
        if (untold && !wereHidden(matters)) {
            matters.stream()
                    .filter(m -> m.trouble().status() > 0 && failures(m) > 0)
                    .forEach(m -> countLogged(m, accesses, statuses));
        }
        if (statuses.isEmpty()) {
            matters.stream()
                    .filter(m -> m.trouble() == Trouble.UNTOLD)
                    .flatMap(m -> m.scene().saidStatuses().stream())
                    .forEach(status -> statuses.put(status, 0L));
        }
        return statuses;
    }

    /**
     * Lines that several sites share count for what the error log does not tell, if for anything.
     */
    private static boolean counts(List<Matter> matters, AccessGroup access) {
        return !Accesses.isShared(access)
                || matters.stream()
                        .allMatch(m -> m.errors().isEmpty() || m.trouble() == Trouble.OWN_STATUS);
    }

    private static long failures(Matter matter) {
        return matter.failures()
                + matter.echoes().stream()
                        .filter(Echoes::failsRequests)
                        .mapToLong(ErrorGroup::count)
                        .sum();
    }

    /** As the access log has it: the status clients got, and no more of it than it counts. */
    private static void countLogged(
            Matter matter, List<AccessGroup> accesses, Map<Integer, Long> statuses) {
        Optional<AccessGroup> answered =
                accesses.stream()
                        .filter(a -> a.status() >= 500)
                        .max(
                                Comparator.comparing(
                                                (AccessGroup a) ->
                                                        a.status() == matter.trouble().status())
                                        .thenComparingLong(AccessGroup::count));
        int status = answered.map(AccessGroup::status).orElse(matter.trouble().status());
        long most = answered.map(AccessGroup::count).orElse(Long.MAX_VALUE);
        statuses.merge(status, Math.min(failures(matter), most), Long::sum);
    }

    /**
     * Every failed attempt was made good by another: each failed before an answer had begun, and
     * the access log, which was read, knows of no request that ended in an error.
     */
    private static boolean wereHidden(List<Matter> matters) {
        return matters.stream()
                .allMatch(
                        m ->
                                !m.errors().isEmpty()
                                        && m.errors().stream().allMatch(Symptoms::mayBeRetried)
                                        && m.errors().stream().noneMatch(g -> isPartOfAPage(m, g))
                                        && noneFailed(m));
    }

    private static boolean areParts(List<Matter> matters) {
        return matters.stream()
                .anyMatch(m -> m.errors().stream().anyMatch(g -> isPartOfAPage(m, g)));
    }

    /**
     * A part of a page, put in by SSI or the like, has no line of its own in the access log
     * (log_subrequest is off), and its failure stands in a page of status 200. Nobody sees the
     * answer to a mirrored request.
     */
    private static boolean isPartOfAPage(Matter matter, ErrorGroup group) {
        return group.sample()
                .subrequest()
                .filter(
                        part ->
                                matter.configuration().stream()
                                        .flatMap(NginxConfiguration::allLocations)
                                        .flatMap(l -> l.settings().all("mirror").stream())
                                        .noneMatch(m -> m.value().equals(part)))
                .isPresent();
    }

    private static boolean noneFailed(Matter matter) {
        List<AccessGroup> all =
                matter.scene().accesses(matter.errors().getFirst().nginx()).toList();
        boolean unlogged =
                matter.location()
                        .filter(l -> l.settings().value("access_log").equals(Optional.of("off")))
                        .isPresent();
        return !all.isEmpty() && !unlogged && all.stream().noneMatch(a -> a.status() >= 499);
    }

    private static boolean mayBeRetried(ErrorGroup group) {
        String phase = group.sample().phase().orElse("");
        return phase.startsWith("connecting") || phase.startsWith("reading response header");
    }

    private static OptionalLong total(Matter told, List<AccessGroup> accesses) {
        boolean unknown =
                !told.errors().isEmpty() && accesses.stream().allMatch(Accesses::isShared);
        if (accesses.isEmpty() || unknown) {
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
        long named = namedHidden(peers, accesses);
        return named == 0 && wereHidden(matters)
                ? matters.stream().mapToLong(Matter::failures).sum()
                : named;
    }

    private static long namedHidden(List<String> peers, List<AccessGroup> accesses) {
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
        if (matter.kind() != Symptom.Kind.TRAFFIC || matter.scene().isGiven()) {
            return true;
        }
        if (Repaired.of(matter).isPresent()) {
            return false;
        }
        Instant now = matter.scene().snapshot().at();
        boolean recent =
                !Repaired.byItself(matter)
                        && matter.last().filter(l -> l.isAfter(now.minus(RECENT))).isPresent();
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
