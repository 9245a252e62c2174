package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Symptom;
import dev.gatemend.model.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Matters the error log speaks of: its groups put together by where requests got stuck and at whom.
 * Consequences ('no live upstreams', 'temporarily disabled') go to the matter they follow from, and
 * stand alone only when it is not in sight.
 */
final class LoggedMatters {
    /**
     * A process that is stopped resets its last connections and refuses the next ones: cuts this
     * close to the first refusal belong to it. Five seconds is systemd's and most application
     * servers' shortest stop time-out.
     */
    private static final Duration LAST_BREATH = Duration.ofSeconds(5);

    /** What makes groups one matter. */
    private record Place(int nginx, Trouble trouble, String at) {}

    private LoggedMatters() {}

    static List<Matter> in(Scene scene) {
        Map<Place, List<ErrorGroup>> places = new LinkedHashMap<>();
        List<ErrorGroup> echoes = new ArrayList<>();
        scene.facts(ErrorGroup.class).forEach(group -> sort(group, places, echoes));
        absorbLastBreaths(places);
        absorbResets(places);
        List<Matter> matters = new ArrayList<>();
        places.forEach((place, groups) -> matters.add(matter(scene, place, groups, echoes)));
        orphans(scene, echoes, matters).forEach(matters::add);
        return matters;
    }

    private static void sort(
            ErrorGroup group, Map<Place, List<ErrorGroup>> places, List<ErrorGroup> echoes) {
        if (Echoes.isEcho(group)) {
            echoes.add(group);
            return;
        }
        Trouble.of(group.sample())
                .map(trouble -> new Place(group.nginx(), trouble, at(group, trouble)))
                .ifPresent(
                        place -> places.computeIfAbsent(place, p -> new ArrayList<>()).add(group));
    }

    private static String at(ErrorGroup group, Trouble trouble) {
        return switch (trouble) {
            case RESOLVE -> Names.unresolved(group).orElse("");
            case LOCAL -> LocalLimit.of(group);
            default -> group.peer().orElse("");
        };
    }

    private static void absorbLastBreaths(Map<Place, List<ErrorGroup>> places) {
        for (Map.Entry<Place, List<ErrorGroup>> entry : List.copyOf(places.entrySet())) {
            Place closed = entry.getKey();
            List<ErrorGroup> refusals =
                    places.getOrDefault(
                            new Place(closed.nginx(), Trouble.CONNECT, closed.at()), List.of());
            if (closed.trouble() == Trouble.CLOSED && endsWith(entry.getValue(), refusals)) {
                refusals.addAll(entry.getValue());
                places.remove(closed);
            }
        }
    }

    /**
     * In TLS 1.3 a server judges the client's certificate when the handshake is over for nginx, and
     * the request may be on its way (RFC 8446, 2). It then sends an alert and closes; where it has
     * not read the request the kernel resets the connection, and the alert is lost on some.
     */
    private static void absorbResets(Map<Place, List<ErrorGroup>> places) {
        for (Map.Entry<Place, List<ErrorGroup>> entry : List.copyOf(places.entrySet())) {
            Place closed = entry.getKey();
            List<ErrorGroup> alerts =
                    places.getOrDefault(
                            new Place(closed.nginx(), Trouble.TLS, closed.at()), List.of());
            if (closed.trouble() == Trouble.CLOSED
                    && alerts.stream().anyMatch(LoggedMatters::isLateAlert)
                    && entry.getValue().stream().allMatch(cut -> isAmong(cut, alerts))) {
                alerts.addAll(entry.getValue());
                places.remove(closed);
            }
        }
    }

    /** Of the peer, and behind the handshake. */
    private static boolean isLateAlert(ErrorGroup group) {
        return group.sample().message().contains("SSL alert number")
                && group.sample().phase().filter(p -> !p.startsWith("SSL handshaking")).isPresent();
    }

    private static boolean isAmong(ErrorGroup cut, List<ErrorGroup> alerts) {
        Instant from = firstOf(alerts).minus(LAST_BREATH);
        Instant to =
                alerts.stream()
                        .flatMap(a -> a.last().stream())
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH)
                        .plus(LAST_BREATH);
        return cut.first().filter(from::isBefore).isPresent()
                && cut.last().filter(to::isAfter).isPresent();
    }

    private static boolean endsWith(List<ErrorGroup> cuts, List<ErrorGroup> refusals) {
        return !refusals.isEmpty()
                && cuts.stream()
                        .allMatch(
                                cut ->
                                        cut.last()
                                                .orElse(Instant.MAX)
                                                .isBefore(firstOf(refusals).plus(LAST_BREATH)));
    }

    private static Instant firstOf(List<ErrorGroup> groups) {
        return groups.stream()
                .map(ErrorGroup::first)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private static Matter matter(
            Scene scene, Place place, List<ErrorGroup> groups, List<ErrorGroup> echoes) {
        Optional<NginxMaster> master = scene.master(place.nginx());
        boolean named = place.trouble() == Trouble.RESOLVE;
        Optional<Address> peer =
                named || place.trouble() == Trouble.LOCAL
                        ? Optional.empty()
                        : Address.parse(place.at(), 80);
        Matter bare =
                new Matter(
                        scene,
                        Symptom.Kind.TRAFFIC,
                        place.trouble(),
                        master,
                        Optional.empty(),
                        scene.configurationOf(place.nginx()),
                        peer,
                        named ? Optional.of(place.at()) : Optional.empty(),
                        groups,
                        List.of(),
                        List.of());
        Matter echoed = bare.with(echoesOf(bare, echoes), List.of());
        return echoed.with(echoed.echoes(), Accesses.of(echoed));
    }

    private static List<ErrorGroup> echoesOf(Matter matter, List<ErrorGroup> echoes) {
        List<String> upstreams = matter.upstreams().map(Upstream::name).toList();
        return echoes.stream()
                .filter(
                        e ->
                                e.peer()
                                        .filter(
                                                p ->
                                                        upstreams.contains(p)
                                                                || p.equals(matter.peerText()))
                                        .isPresent())
                .toList();
    }

    /** 'no live upstreams' whose first failure lies outside the window or the log. */
    private static Stream<Matter> orphans(
            Scene scene, List<ErrorGroup> echoes, List<Matter> matters) {
        List<ErrorGroup> explained = matters.stream().flatMap(m -> m.echoes().stream()).toList();
        Map<Place, List<ErrorGroup>> left = new LinkedHashMap<>();
        echoes.stream()
                .filter(e -> !explained.contains(e) && Echoes.failsRequests(e))
                .forEach(
                        e ->
                                left.computeIfAbsent(
                                                new Place(
                                                        e.nginx(),
                                                        Trouble.NO_PEERS,
                                                        e.peer().orElse("")),
                                                p -> new ArrayList<>())
                                        .add(e));
        return left.entrySet().stream().map(e -> orphan(scene, e.getKey(), e.getValue()));
    }

    private static Matter orphan(Scene scene, Place place, List<ErrorGroup> groups) {
        Optional<NginxMaster> master = scene.master(place.nginx());
        Matter bare =
                new Matter(
                        scene,
                        Symptom.Kind.TRAFFIC,
                        Trouble.NO_PEERS,
                        master,
                        Optional.empty(),
                        scene.configurationOf(place.nginx()),
                        Optional.empty(),
                        Optional.of(place.at()),
                        groups,
                        List.of(),
                        List.<AccessGroup>of());
        return bare.with(List.of(), Accesses.of(bare));
    }
}
