package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Symptom;
import dev.gatemend.model.Upstream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Places where next to nobody waits for an answer. A client that leaves (499) is its own affair, on
 * every busy site some do all day, and so it is no trouble. Only where hardly any request is
 * answered is the service gone, though no error says so: clients or a balancer in front give up
 * sooner than nginx.
 */
final class AbortedMatters {
    private static final int ABORTED = 499;

    /** Fewer are somebody who reloads a page. */
    private static final int LEAST = 20;

    /** The share from which on a place serves nobody. */
    private static final double MOSTLY = 0.9;

    private record Place(int nginx, String log, Optional<String> site, Optional<String> location) {
        static Place of(AccessGroup access) {
            return new Place(access.nginx(), access.log(), access.site(), access.location());
        }
    }

    private AbortedMatters() {}

    /** Empty for places whose failures have another matter: clients leave those as well. */
    static List<Matter> in(Scene scene, List<Matter> failing) {
        Map<Place, List<AccessGroup>> places = new LinkedHashMap<>();
        scene.facts(AccessGroup.class)
                .forEach(a -> places.computeIfAbsent(Place.of(a), p -> new ArrayList<>()).add(a));
        return places.entrySet().stream()
                .filter(e -> isDeserted(e.getValue()))
                .filter(e -> failing.stream().noneMatch(m -> isOf(m, e.getKey().nginx())))
                .map(e -> matter(scene, e.getKey(), e.getValue()))
                .toList();
    }

    private static boolean isDeserted(List<AccessGroup> requests) {
        long aborted = count(requests.stream().filter(a -> a.status() == ABORTED));
        return aborted >= LEAST && aborted >= MOSTLY * count(requests.stream());
    }

    private static long count(Stream<AccessGroup> requests) {
        return requests.mapToLong(AccessGroup::count).sum();
    }

    private static boolean isOf(Matter matter, int nginx) {
        return matter.master().map(NginxMaster::pid).orElse(0) == nginx;
    }

    private static Matter matter(Scene scene, Place place, List<AccessGroup> requests) {
        Optional<NginxMaster> master = scene.master(place.nginx());
        return new Matter(
                scene,
                Symptom.Kind.TRAFFIC,
                Trouble.ABORTED,
                master,
                Optional.empty(),
                master.flatMap(scene::configurationOf),
                peer(scene, place, requests),
                Optional.empty(),
                List.of(),
                List.of(),
                requests);
    }

    /** As the log tells it, else the only one that requests of this place are passed to. */
    private static Optional<Address> peer(Scene scene, Place place, List<AccessGroup> requests) {
        List<String> told =
                requests.stream().flatMap(a -> Accesses.addresses(a).stream()).distinct().toList();
        if (!told.isEmpty()) {
            return told.size() == 1 ? Address.parse(told.getFirst(), 80) : Optional.empty();
        }
        List<Address> passed =
                scene.master(place.nginx()).flatMap(scene::configurationOf).stream()
                        .flatMap(
                                c ->
                                        c.sites().stream()
                                                .filter(s -> agree(place.site(), s.name()))
                                                .flatMap(s -> s.allLocations())
                                                .filter(
                                                        l ->
                                                                agree(
                                                                        place.location(),
                                                                        l.match().written()))
                                                .flatMap(l -> upstream(l).stream())
                                                .flatMap(name -> c.upstream(name).stream()))
                        .map(Upstream::peers)
                        .flatMap(List::stream)
                        .map(p -> p.address())
                        .distinct()
                        .toList();
        return passed.size() == 1 ? Optional.of(passed.getFirst()) : Optional.empty();
    }

    private static Optional<String> upstream(Location location) {
        return location.pass()
                .map(Pass::target)
                .filter(PassTarget.Group.class::isInstance)
                .map(t -> ((PassTarget.Group) t).upstream());
    }

    private static boolean agree(Optional<String> told, String one) {
        return told.isEmpty() || told.get().equals(one);
    }
}
