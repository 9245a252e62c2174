package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Symptom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That failures are over. What nginx and its peers look like now then tells nothing of them.
 *
 * @param sighting what came after them
 */
record Repaired(Sighting sighting) {
    /** Logs count whole seconds. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Who fails now and then has failed again by then. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    /** That another configuration is served than the one that failed. */
    static Optional<Repaired> of(Matter matter) {
        return byReload(matter).or(() -> byRemoval(matter));
    }

    /** nginx has loaded a configuration since in which nothing leads to the peer. */
    private static Optional<Repaired> byRemoval(Matter matter) {
        Optional<Instant> loaded = matter.master().flatMap(NginxMaster::workersSince);
        return matter.configuration()
                .filter(_ -> matter.kind() == Symptom.Kind.TRAFFIC && matter.peer().isPresent())
                .filter(_ -> !matter.errors().isEmpty())
                .filter(
                        _ ->
                                loaded.filter(l -> matter.last().filter(l::isBefore).isEmpty())
                                        .isPresent())
                .filter(c -> isServed(c, loaded.orElseThrow()) && !mayLeadTo(matter, c))
                .map(
                        c ->
                                new Repaired(
                                        matter.scene()
                                                .sighting(
                                                        c,
                                                        "nginx has loaded its configuration at %s, and nothing in it leads to %s"
                                                                .formatted(
                                                                        matter.scene()
                                                                                .clock(
                                                                                        loaded
                                                                                                .get()),
                                                                        matter.peerText()))));
    }

    /** The files that were read are those that were loaded, all of them. */
    private static boolean isServed(NginxConfiguration configuration, Instant loaded) {
        return configuration.problems().isEmpty()
                && configuration.files().stream()
                        .flatMap(f -> f.modified().stream())
                        .noneMatch(modified -> modified.isAfter(loaded));
    }

    /** A name may have come to any address, and so may a variable. */
    private static boolean mayLeadTo(Matter matter, NginxConfiguration configuration) {
        boolean variable =
                configuration
                        .allLocations()
                        .flatMap(l -> l.pass().stream())
                        .anyMatch(p -> p.target() instanceof PassTarget.Variable);
        return variable
                || configuration.upstreams().stream()
                        .flatMap(u -> u.peers().stream())
                        .anyMatch(p -> mayBe(p.address(), matter.peer().orElseThrow()));
    }

    private static boolean mayBe(Address written, Address dialled) {
        boolean name = written instanceof Address.Tcp tcp && !tcp.isLiteral();
        return written.equals(dialled)
                || (name && dialled instanceof Address.Tcp)
                || (dialled instanceof Address.Tcp failed && !failed.isLiteral());
    }

    /**
     * nginx has loaded its configuration since the last failure, and requests of the same place
     * were answered then: another configuration is served than the one that failed. A failure is
     * known by its second only; in that of the load, answers of later seconds and no later failure
     * tell that it came before.
     */
    private static Optional<Repaired> byReload(Matter matter) {
        Optional<Instant> last = matter.last();
        return matter.master()
                .filter(_ -> matter.kind() == Symptom.Kind.TRAFFIC && last.isPresent())
                .flatMap(NginxMaster::workersSince)
                .filter(loaded -> !loaded.isBefore(last.orElseThrow()))
                .filter(loaded -> wasServing(matter, loaded, last.orElseThrow()))
                .flatMap(
                        loaded ->
                                answeredAfter(matter, later(loaded, last.orElseThrow().plus(TICK)))
                                        .map(answers -> seen(matter, loaded, answers)));
    }

    /** An nginx that was started in the second of the failures was there before they were. */
    private static boolean wasServing(Matter matter, Instant loaded, Instant last) {
        return loaded.isAfter(last.plus(TICK))
                || matter.master()
                        .flatMap(m -> matter.scene().process(m.pid()))
                        .filter(p -> !p.startedAt().isBefore(last))
                        .isEmpty();
    }

    /** For a while nothing has failed, and requests of the same place were answered. */
    static boolean byItself(Matter matter) {
        Instant quiet = matter.scene().snapshot().at().minus(QUIET);
        return matter.last()
                .filter(last -> last.isBefore(quiet))
                .filter(last -> answeredAfter(matter, last.plus(TICK)).isPresent())
                .isPresent();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Repaired seen(Matter matter, Instant loaded, AccessGroup answers) {
        return new Repaired(
                matter.scene()
                        .sighting(
                                answers,
                                "nginx has loaded its configuration at %s, and requests were answered since"
                                        .formatted(matter.scene().clock(loaded))));
    }

    private static Optional<AccessGroup> answeredAfter(Matter matter, Instant instant) {
        return answers(matter)
                .filter(a -> a.last().filter(last -> last.isAfter(instant)).isPresent())
                .max(Comparator.comparingLong(AccessGroup::count));
    }

    /** Of the place that failed; where the log names no site, whatever is in it. */
    static Stream<AccessGroup> answers(Matter matter) {
        int nginx = matter.master().map(NginxMaster::pid).orElse(0);
        return matter.scene()
                .accesses(nginx)
                .filter(a -> a.status() < 499)
                .filter(
                        a ->
                                matter.accesses().stream().anyMatch(f -> samePlace(f, a))
                                        || matter.errors().stream()
                                                .anyMatch(
                                                        e ->
                                                                e.location().equals(a.location())
                                                                        && e.site()
                                                                                .equals(a.site())));
    }

    private static boolean samePlace(AccessGroup failed, AccessGroup answered) {
        return failed.log().equals(answered.log())
                && failed.site().equals(answered.site())
                && failed.location().equals(answered.location());
    }
}
