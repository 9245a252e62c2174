package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Site;
import dev.gatemend.model.Symptom;
import dev.gatemend.model.Upstream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Matters only the access log speaks of: gateway statuses that no error-log entry accounts for.
 * nginx logs every 502 and 504 of its own, so what is left was made by the upstream, or by the
 * configuration where nothing was passed.
 */
final class StatusMatters {
    private static final Set<Integer> GATEWAY_STATUSES = Set.of(500, 502, 503, 504);

    private record Place(int nginx, Trouble trouble, int status, String site, String at) {}

    private StatusMatters() {}

    static List<Matter> in(Scene scene, List<Matter> logged) {
        Map<Place, List<AccessGroup>> places = new LinkedHashMap<>();
        scene.facts(AccessGroup.class)
                .filter(a -> GATEWAY_STATUSES.contains(a.status()) && !isExplained(a, logged))
                .map(a -> withoutExplained(a, logged))
                .forEach(
                        a ->
                                places.computeIfAbsent(place(scene, a), p -> new ArrayList<>())
                                        .add(a));
        List<Matter> matters = new ArrayList<>();
        places.forEach((place, accesses) -> matters.add(matter(scene, place, accesses)));
        return matters;
    }

    private static boolean isExplained(AccessGroup access, List<Matter> logged) {
        if (access.headerReceived().orElse(false)) {
            return false;
        }
        List<Matter> here =
                logged.stream()
                        .filter(m -> m.accesses().contains(access) || wholeNginx(m, access))
                        .filter(m -> Accesses.mayFollow(access, m))
                        .toList();
        return here.stream().anyMatch(m -> accountFor(List.of(m), access))
                || accountFor(
                        here.stream().filter(m -> m.trouble().status() == access.status()).toList(),
                        access);
    }

    /** A limit of nginx itself fails requests everywhere, whatever location its log line names. */
    private static boolean wholeNginx(Matter matter, AccessGroup access) {
        return matter.trouble() == Trouble.LOCAL
                && matter.master().map(NginxMaster::pid).orElse(0) == access.nginx();
    }

    /**
     * Without upstream fields, counts must tell: up to one failure in ten may be missing from the
     * error log (written a moment later, or at the window's edge) before the rest needs an
     * explanation of its own.
     */
    private static boolean accountFor(List<Matter> matters, AccessGroup access) {
        long logged = matters.stream().mapToLong(StatusMatters::failures).sum();
        return !matters.isEmpty()
                && (!Accesses.addresses(access).isEmpty()
                        || access.count() <= logged + Math.max(3, logged / 10)
                        || matters.stream().anyMatch(m -> wasEmptied(m, access)));
    }

    /**
     * The error log begins, with the very trouble of this place, only after requests had failed
     * there: emptied or replaced meanwhile, it no longer tells of those before.
     */
    private static boolean wasEmptied(Matter matter, AccessGroup access) {
        return matter.trouble().status() == access.status()
                && matter.errors().stream()
                        .filter(e -> e.where().equals(e.log() + ":1"))
                        .flatMap(e -> e.first().stream())
                        .anyMatch(
                                begins ->
                                        access.first()
                                                .filter(f -> f.plusSeconds(1).isBefore(begins))
                                                .isPresent());
    }

    /** In a log that sites share, the failures that the error log tells are some of these. */
    private static AccessGroup withoutExplained(AccessGroup access, List<Matter> logged) {
        long told =
                logged.stream()
                        .filter(m -> Accesses.isShared(access) && m.accesses().contains(access))
                        .filter(m -> m.trouble().status() == access.status())
                        .mapToLong(StatusMatters::failures)
                        .sum();
        return told < access.count() ? access.withCount(access.count() - told) : access;
    }

    private static long failures(Matter matter) {
        return matter.failures() + matter.echoes().stream().mapToLong(e -> e.count()).sum();
    }

    private static Place place(Scene scene, AccessGroup access) {
        List<String> addresses = Accesses.addresses(access);
        String last = addresses.isEmpty() ? "" : addresses.getLast();
        Trouble trouble = passedOn(scene, access) ? Trouble.UPSTREAM_STATUS : Trouble.OWN_STATUS;
        String at = last.isEmpty() ? access.location().orElse("") : last;
        return new Place(access.nginx(), trouble, access.status(), access.site().orElse(""), at);
    }

    private static boolean passedOn(Scene scene, AccessGroup access) {
        Optional<Location> location = locationOf(scene, access);
        return access.headerReceived()
                .orElseGet(
                        () ->
                                location.flatMap(Location::pass).isPresent()
                                        && !Accesses.noPeerAsked(access)
                                        && OwnWords.of(scene, access, location).isEmpty()
                                        && configuration(scene, access)
                                                .flatMap(c -> OwnAnswer.to(access, c))
                                                .isEmpty());
    }

    /**
     * Where the request was served; where the log tells no place, the only location that passes, if
     * there is one.
     */
    private static Optional<Location> locationOf(Scene scene, AccessGroup access) {
        List<Location> known =
                locations(scene, access).filter(l -> Accesses.isAt(access, l)).limit(1).toList();
        if (access.location().isPresent() || !known.isEmpty()) {
            return known.stream().findFirst();
        }
        List<Location> passing =
                locations(scene, access).filter(l -> l.pass().isPresent()).limit(2).toList();
        boolean mayAnswerItself =
                configuration(scene, access).flatMap(c -> OwnAnswer.to(access, c)).isPresent();
        return passing.size() == 1 && !mayAnswerItself
                ? Optional.of(passing.getFirst())
                : Optional.empty();
    }

    private static Stream<Location> locations(Scene scene, AccessGroup access) {
        return configuration(scene, access).stream()
                .flatMap(c -> c.sites().stream())
                .filter(s -> access.site().isEmpty() || s.name().equals(access.site().get()))
                .flatMap(Site::allLocations);
    }

    private static Optional<NginxConfiguration> configuration(Scene scene, AccessGroup access) {
        return scene.configurationOf(access.nginx());
    }

    private static Matter matter(Scene scene, Place place, List<AccessGroup> accesses) {
        Optional<NginxMaster> master = scene.master(place.nginx());
        List<ErrorGroup> words =
                place.trouble() == Trouble.OWN_STATUS ? ownWords(scene, accesses) : List.of();
        return new Matter(
                scene,
                Symptom.Kind.TRAFFIC,
                place.trouble(),
                master,
                Optional.empty(),
                scene.configurationOf(place.nginx()),
                notAsked(words, accesses) ? Optional.empty() : peer(scene, accesses.getFirst()),
                Optional.empty(),
                words,
                List.of(),
                accesses);
    }

    /** Where nginx says that it answered by itself, or passed nothing on, no peer is concerned. */
    private static boolean notAsked(List<ErrorGroup> words, List<AccessGroup> accesses) {
        return !words.isEmpty() || accesses.stream().allMatch(Accesses::noPeerAsked);
    }

    private static List<ErrorGroup> ownWords(Scene scene, List<AccessGroup> accesses) {
        return accesses.stream()
                .flatMap(a -> OwnWords.of(scene, a, locationOf(scene, a)).stream())
                .distinct()
                .toList();
    }

    private static Optional<Address> peer(Scene scene, AccessGroup access) {
        List<String> addresses = Accesses.addresses(access);
        if (!addresses.isEmpty()) {
            return Address.parse(addresses.getLast(), 80);
        }
        Optional<Upstream> upstream =
                locationOf(scene, access)
                        .flatMap(Location::pass)
                        .map(pass -> pass.target())
                        .filter(PassTarget.Group.class::isInstance)
                        .map(PassTarget.Group.class::cast)
                        .flatMap(
                                group ->
                                        configuration(scene, access)
                                                .flatMap(c -> c.upstream(group.upstream())));
        return upstream.filter(u -> u.peers().size() == 1).map(u -> u.peers().getFirst().address());
    }
}
