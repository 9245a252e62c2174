package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProcessState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the peer answered, before it failed or beside its failures, as the access log tells.
 *
 * @param answered the last known time at which it answered before the first failure
 * @param never requests of this place were logged, and none of them was answered by this peer
 * @param retargeted when nginx loaded its configuration, if requests of this place were answered
 *     until then and only failed after it
 * @param meanwhile the largest group of requests it answered while others failed
 */
public record PeerHistory(
        Optional<Instant> answered,
        boolean never,
        Optional<Instant> retargeted,
        Optional<AccessGroup> meanwhile) {
    /** The error log counts whole seconds, so a load and a failure just after it may swap. */
    private static final int TICK_SECONDS = 2;

    /** That it answered others while these failed: it is not the peer as a whole. */
    public Optional<Sighting> answeredOthers() {
        return meanwhile.map(
                a -> Sighting.of("access.log", "it answered other requests meanwhile", a.where()));
    }

    public static PeerHistory of(Matter matter) {
        List<AccessGroup> answers = answersOfPeer(matter).toList();
        Instant failing = matter.first().orElse(matter.scene().snapshot().at());
        Optional<Instant> answered =
                answers.stream()
                        .flatMap(a -> before(matter, a, failing).stream())
                        .max(Comparator.naturalOrder());
        return new PeerHistory(
                answered,
                answers.isEmpty() && matter.accesses().stream().anyMatch(a -> a.status() >= 500),
                answered.isPresent() ? Optional.empty() : retargeted(matter, failing),
                answers.stream()
                        .filter(a -> matter.first().isPresent() && endsAfter(a, failing))
                        .max(Comparator.comparingLong(AccessGroup::count)));
    }

    /** That the peer has answered before it failed, and until when. */
    public static Optional<Sighting> answeredUntil(Matter matter) {
        return of(matter)
                .answered()
                .map(
                        at ->
                                Sighting.of(
                                        "access.log",
                                        "%s answered until %s"
                                                .formatted(
                                                        matter.peerText(),
                                                        matter.scene().clock(at)),
                                        "access log"));
    }

    private static Stream<AccessGroup> answers(Matter matter) {
        return matter.scene()
                .accesses(matter.master().map(NginxMaster::pid).orElse(0))
                .filter(a -> a.status() >= 200 && a.status() < 400);
    }

    private static Stream<AccessGroup> answersOfPeer(Matter matter) {
        boolean onlyPeer = matter.upstream().filter(u -> u.peers().size() == 1).isPresent();
        return answers(matter)
                .filter(
                        a ->
                                isAddressed(a)
                                        ? Accesses.addresses(a).getLast().equals(matter.peerText())
                                        : onlyPeer && samePlace(matter, a));
    }

    /**
     * The last known time before the failures. Where the log names no peer, an answer from before
     * the configuration was loaded may have come from another one.
     */
    private static Optional<Instant> before(Matter matter, AccessGroup answers, Instant failing) {
        Instant loaded = matter.master().flatMap(NginxMaster::workersSince).orElse(Instant.MIN);
        return Stream.of(answers.last(), answers.first())
                .flatMap(Optional::stream)
                .filter(at -> !at.isAfter(failing))
                .filter(at -> isAddressed(answers) || !at.isBefore(loaded))
                .findFirst();
    }

    private static boolean endsAfter(AccessGroup answers, Instant failing) {
        return answers.last().filter(last -> last.isAfter(failing)).isPresent();
    }

    private static Optional<Instant> retargeted(Matter matter, Instant failing) {
        return matter.master()
                .flatMap(NginxMaster::workersSince)
                .filter(loaded -> !loaded.isAfter(failing.plusSeconds(TICK_SECONDS)))
                .filter(loaded -> workedUntil(matter, loaded));
    }

    /**
     * A reload may share its second with the answers before it. An nginx that was started and whose
     * files were left alone since has served nothing else, so there only an earlier second counts.
     */
    private static boolean workedUntil(Matter matter, Instant loaded) {
        List<AccessGroup> atPlace = answers(matter).filter(a -> samePlace(matter, a)).toList();
        Instant latest = loaded.plusSeconds(wasEdited(matter) ? TICK_SECONDS : -1);
        return atPlace.stream()
                        .flatMap(a -> a.first().stream())
                        .anyMatch(first -> !first.isAfter(latest))
                && atPlace.stream().noneMatch(a -> endsAfter(a, loaded.plusSeconds(TICK_SECONDS)));
    }

    private static boolean wasEdited(Matter matter) {
        Optional<Instant> started =
                matter.master()
                        .flatMap(m -> matter.scene().process(m.pid()))
                        .map(ProcessState::startedAt);
        return started.isEmpty()
                || matter.configuration().stream()
                        .flatMap(c -> c.files().stream())
                        .flatMap(f -> f.modified().stream())
                        .anyMatch(modified -> !modified.isBefore(started.get()));
    }

    private static boolean isAddressed(AccessGroup access) {
        return !Accesses.addresses(access).isEmpty();
    }

    private static boolean samePlace(Matter matter, AccessGroup access) {
        return matter.errors().stream().anyMatch(e -> samePlace(e, access));
    }

    private static boolean samePlace(ErrorGroup error, AccessGroup access) {
        return access.location().isPresent()
                && access.location().equals(error.location())
                && (access.site().isEmpty()
                        || error.site().isEmpty()
                        || access.site().equals(error.site()));
    }
}
